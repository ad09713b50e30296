import { Type, type Static } from 'typebox';
import { GroupIdSchema } from '../ids.ts';

/** Agents who answer under one name. */
export const GroupSchema = Type.Object({
  id: GroupIdSchema,
  name: Type.String({ minLength: 1, maxLength: 200 }),
  /** From name of their answers; empty: the mailbox's. */
  fromName: Type.String({ maxLength: 200 }),
  /** Plain text under their answers; `{{agent}}` becomes the agent's name. */
  signature: Type.String({ maxLength: 5000 }),
});
export type Group = Static<typeof GroupSchema>;

/**
 * What all desks of the service have in common besides the mailbox; one entity of the feed.
 *
 * `PUT /v1/settings` (admin) takes the revision that was read and answers the next; 409 when another change came between.
 */
export const ServiceSettingsSchema = Type.Object({
  /** Grows with every change. */
  revision: Type.Integer({ minimum: 0 }),
  groups: Type.Array(GroupSchema, { maxItems: 50 }),
  /** How long a sent letter can still be called back; 0: not at all. */
  undoSendSeconds: Type.Integer({ minimum: 0, maximum: 60 }),
  /** Folder on a web server that desks update themselves from; empty: they do not. */
  updateFeedUrl: Type.String({ pattern: '^(https?://[^\\s]+)?$', maxLength: 2000 }),
});
export type ServiceSettings = Static<typeof ServiceSettingsSchema>;

/** What holds until an admin has said otherwise. */
export const defaultServiceSettings: ServiceSettings = {
  revision: 0,
  groups: [],
  undoSendSeconds: 10,
  updateFeedUrl: '',
};

/** The only id of the settings in the feed. */
export const serviceSettingsId = 'service';
