import { Type, type Static } from 'typebox';
import {
  AgentIdSchema,
  ArticleIdSchema,
  BlockedSenderIdSchema,
  LetterIdSchema,
  OperationIdSchema,
  TemplateIdSchema,
  TicketIdSchema,
} from '../ids.ts';
import { RegulationSchema } from '../regulation/regulation.ts';
import { ActivitySchema } from '../ticket/activity.ts';
import { LetterSchema } from '../ticket/letter.ts';
import { TicketSchema } from '../ticket/ticket.ts';
import { AgentSchema } from './agent.ts';
import { ArticleSchema } from './article.ts';
import { BlockedSenderSchema } from './blocked-sender.ts';
import { serviceSettingsId, ServiceSettingsSchema } from './service-settings.ts';
import { TemplateSchema } from './template.ts';

const version = Type.Integer({ minimum: 1 });

/** The latest state of one changed entity, or a tombstone (`state` null), at its place in the feed's total order. */
export const ChangeSchema = Type.Union([
  Type.Object({
    entity: Type.Literal('ticket'),
    id: TicketIdSchema,
    version,
    state: Type.Union([TicketSchema, Type.Null()]),
  }),
  Type.Object({
    entity: Type.Literal('letter'),
    id: LetterIdSchema,
    version,
    state: Type.Union([LetterSchema, Type.Null()]),
  }),
  Type.Object({
    entity: Type.Literal('agent'),
    id: AgentIdSchema,
    version,
    state: Type.Union([AgentSchema, Type.Null()]),
  }),
  Type.Object({
    entity: Type.Literal('article'),
    id: ArticleIdSchema,
    version,
    state: Type.Union([ArticleSchema, Type.Null()]),
  }),
  Type.Object({
    entity: Type.Literal('activity'),
    id: OperationIdSchema,
    version,
    state: Type.Union([ActivitySchema, Type.Null()]),
  }),
  Type.Object({
    entity: Type.Literal('template'),
    id: TemplateIdSchema,
    version,
    state: Type.Union([TemplateSchema, Type.Null()]),
  }),
  Type.Object({
    entity: Type.Literal('blocked-sender'),
    id: BlockedSenderIdSchema,
    version,
    state: Type.Union([BlockedSenderSchema, Type.Null()]),
  }),
  Type.Object({
    entity: Type.Literal('settings'),
    id: Type.Literal(serviceSettingsId),
    version,
    state: Type.Union([ServiceSettingsSchema, Type.Null()]),
  }),
  Type.Object({
    entity: Type.Literal('regulation'),
    /** The revision in decimal digits. */
    id: Type.String({ pattern: '^[1-9][0-9]*$' }),
    version,
    state: Type.Union([RegulationSchema, Type.Null()]),
  }),
]);
export type Change = Static<typeof ChangeSchema>;

/**
 * `GET /v1/changes?after=N&limit=M&epoch=E`: changes with version > N in version order.
 *
 * Commit order is version order, so a reader that asks with the last version it saw never skips a change. A version may
 * be missing (its entity changed again later). A request with another epoch answers `epoch-changed`.
 */
export const ChangesQuerySchema = Type.Object({
  after: Type.Integer({ minimum: 0 }),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000 })),
  epoch: Type.Optional(Type.String({ maxLength: 64 })),
});
export type ChangesQuery = Static<typeof ChangesQuerySchema>;

export const ChangePageSchema = Type.Object({
  epoch: Type.String(),
  /** The newest version of the feed at the time of reading. */
  head: Type.Integer({ minimum: 0 }),
  /** Ask on with this as `after`. */
  next: Type.Integer({ minimum: 0 }),
  /** False when the reader has caught up. */
  more: Type.Boolean(),
  changes: Type.Array(ChangeSchema),
});

/**
 * `GET /v1/changes/live`: server-sent events named `head`, whose data is this. A hint to pull, nothing more: losing,
 * doubling or reordering hints loses nothing. Beside them come events named `presence`, see `presence.ts`.
 */
export const FeedHeadSchema = Type.Object({ epoch: Type.String(), head: Type.Integer({ minimum: 0 }) });
export type FeedHead = Static<typeof FeedHeadSchema>;
