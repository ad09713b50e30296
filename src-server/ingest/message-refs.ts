import { createHash } from 'node:crypto';
import type { TicketId } from '#shared/ids.ts';
import type { Queryable } from '../database/database.ts';

/** A Message-ID that was seen on a ticket (owned), or that a letter of the ticket refers to. */
export interface MessageRef {
  readonly messageId: string;
  readonly ticketId: TicketId;
  readonly owned: boolean;
}

/** PostgreSQL's index rows end at about 2,700 bytes; an id has up to 998 characters of up to three bytes. */
const longestKey = 1_000;

/**
 * A Message-ID as the database can hold and compare it: its text knows no NUL and no lone surrogates. The id itself
 * stays in the letter as it was.
 */
export function storableId(messageId: string): string {
  const text = messageId.toWellFormed().replaceAll('\0', '');
  if (Buffer.byteLength(text) <= longestKey) return text;
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Adds refs; what was once owned stays owned. */
export async function writeMessageRefs(transaction: Queryable, refs: readonly MessageRef[]): Promise<void> {
  if (refs.length === 0) return;
  // In one order everywhere, so that two writers of the same ids do not deadlock.
  await transaction.query(
    `insert into message_ref as m (message_id, ticket_id, owned)
     select r.message_id, r.ticket_id, bool_or(r.owned)
     from unnest($1::text[], $2::text[], $3::boolean[]) as r (message_id, ticket_id, owned)
     group by r.message_id, r.ticket_id order by r.message_id, r.ticket_id
     on conflict (message_id, ticket_id) do update set owned = true where excluded.owned and not m.owned`,
    [
      refs.map((ref) => storableId(ref.messageId)),
      refs.map((ref) => ref.ticketId),
      refs.map((ref) => ref.owned),
    ],
  );
}
