import { Type } from 'typebox';

/*
 * Identifiers are branded strings, so that a ticket's id cannot stand where a letter's is wanted. Each brand comes
 * with the schema that admits it from outside; inside, ids are made in one place each.
 */

declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

const uuid = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';

/** A ticket, UUIDv7 made by the API, or by the desk whose agent opens it. */
export type TicketId = Id<'TicketId'>;
export const TicketIdSchema = Type.Unsafe<TicketId>(Type.String({ pattern: uuid }));

/**
 * A letter's identity: rule version and SHA-256 over raw header bytes, `1:<64 hex digits>` (see mail/identity.ts).
 *
 * Version 0 is the API's own, where nobody has read header bytes: a recorded answer whose copy in Sent was not found yet,
 * or an unreadable letter. The feed turns it into a tombstone when the letter itself comes.
 */
export type LetterId = Id<'LetterId'>;
export const LetterIdSchema = Type.Unsafe<LetterId>(Type.String({ pattern: '^[0-9]+:[0-9a-f]{64}$' }));

/** An operation, UUIDv7 made by the desk; it makes the operation idempotent for ever. */
export type OperationId = Id<'OperationId'>;
export const OperationIdSchema = Type.Unsafe<OperationId>(Type.String({ pattern: uuid }));

/** A member of the service, UUIDv7 made by the API. */
export type AgentId = Id<'AgentId'>;
export const AgentIdSchema = Type.Unsafe<AgentId>(Type.String({ pattern: uuid }));

/** A knowledge-base article, UUIDv7 made by whoever creates it. */
export type ArticleId = Id<'ArticleId'>;
export const ArticleIdSchema = Type.Unsafe<ArticleId>(Type.String({ pattern: uuid }));

/** A template of answers, UUIDv7 made by whoever creates it. */
export type TemplateId = Id<'TemplateId'>;
export const TemplateIdSchema = Type.Unsafe<TemplateId>(Type.String({ pattern: uuid }));

/** A group of agents that answers under one name, UUIDv7 made by whoever creates it. */
export type GroupId = Id<'GroupId'>;
export const GroupIdSchema = Type.Unsafe<GroupId>(Type.String({ pattern: uuid }));

/** A sender whose letters open no tickets, UUIDv7 made by whoever blocks them: an address is no opaque id. */
export type BlockedSenderId = Id<'BlockedSenderId'>;
export const BlockedSenderIdSchema = Type.Unsafe<BlockedSenderId>(Type.String({ pattern: uuid }));

/** A draft on one desk, UUIDv7. */
export type DraftId = Id<'DraftId'>;
export const DraftIdSchema = Type.Unsafe<DraftId>(Type.String({ pattern: uuid }));

/** A frozen outgoing letter on one desk, UUIDv7. */
export type OutgoingId = Id<'OutgoingId'>;
export const OutgoingIdSchema = Type.Unsafe<OutgoingId>(Type.String({ pattern: uuid }));

/** An attachment of a draft or an outgoing letter on one desk, UUIDv7. */
export type AttachmentId = Id<'AttachmentId'>;
export const AttachmentIdSchema = Type.Unsafe<AttachmentId>(Type.String({ pattern: uuid }));
