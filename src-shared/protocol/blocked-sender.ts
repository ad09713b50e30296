import { Type, type Static } from 'typebox';
import { AgentIdSchema, BlockedSenderIdSchema } from '../ids.ts';
import { MomentSchema } from '../moment.ts';

/** A sender whose letters open no tickets any more; letters that came before stay where they are. */
export const BlockedSenderSchema = Type.Object({
  id: BlockedSenderIdSchema,
  /** Normalised. */
  address: Type.String({ minLength: 3, maxLength: 320 }),
  reason: Type.String({ minLength: 1, maxLength: 500 }),
  agentId: AgentIdSchema,
  blockedAt: MomentSchema,
});
export type BlockedSender = Static<typeof BlockedSenderSchema>;

/** `PUT /v1/blocked-senders/:id` (agent). An address that is blocked already keeps its first entry, which is answered. */
export const PutBlockedSenderSchema = Type.Pick(BlockedSenderSchema, ['address', 'reason']);
export type PutBlockedSender = Static<typeof PutBlockedSenderSchema>;
