import type { TicketId } from '#shared/ids.ts';
import type { Queryable } from '../database/database.ts';

/** A Message-ID that was seen on a ticket (owned), or that a letter of the ticket refers to. */
export interface MessageRef {
  readonly messageId: string;
  readonly ticketId: TicketId;
  readonly owned: boolean;
}

/** Message-IDs as the database can hold them: PostgreSQL's text knows no NUL. */
export function storableId(messageId: string): string {
  return messageId.replaceAll('\0', '');
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
