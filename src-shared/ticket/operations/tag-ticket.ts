import { Type, type Static } from 'typebox';
import { err, ok, type Result } from '../../result.ts';
import type { Rejection } from '../rejection.ts';
import { normaliseTags, TagSchema } from '../tags.ts';
import type { Ticket } from '../ticket.ts';
import { operationHead } from './operation-head.ts';

/**
 * Puts tags on a ticket and takes others off.
 *
 * Says what changes and not what is to stand in the end: what two agents change at the same time both counts, in
 * whichever order it arrives.
 */
export const TagTicketSchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('tag-ticket'),
  add: Type.Array(TagSchema, { maxItems: 50 }),
  remove: Type.Array(TagSchema, { maxItems: 50 }),
});
export type TagTicket = Static<typeof TagTicketSchema>;

/** Allowed also on closed tickets, which are found by their tags. A tag that is added and removed at once is added. */
export function tagTicket(ticket: Ticket, { add, remove }: TagTicket): Result<Ticket, Rejection> {
  const added = normaliseTags(add);
  const removed = new Set(normaliseTags(remove));
  if (added.length === 0 && removed.size === 0) return err({ kind: 'text-required' });
  const kept = ticket.tags.filter((tag) => !removed.has(tag));
  return ok({ ...ticket, tags: normaliseTags([...kept, ...added]) });
}
