import type { Letter } from '#shared/ticket/letter.ts';
import type { Queryable } from '../database/database.ts';
import { storableId } from './message-refs.ts';

/** Writes new and changed letters in one statement; of one letter given twice the last state counts. */
export async function writeLetters(transaction: Queryable, given: readonly Letter[]): Promise<void> {
  if (given.length === 0) return;
  const letters = [...new Map(given.map((letter) => [letter.id, letter])).values()];
  await transaction.query(
    `insert into letter (id, message_id, direction, disposition, received_at, state, bounce_of, ticket_id)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[],
       $8::text[])
     on conflict (id) do update set
       direction = excluded.direction, disposition = excluded.disposition, state = excluded.state,
       bounce_of = excluded.bounce_of, ticket_id = excluded.ticket_id`,
    [
      letters.map((letter) => letter.id),
      letters.map((letter) => (letter.messageId === null ? null : storableId(letter.messageId))),
      letters.map((letter) => letter.direction),
      letters.map((letter) => dispositionText(letter)),
      letters.map((letter) => letter.receivedAt),
      letters.map((letter) => JSON.stringify(letter)),
      letters.map(({ bounce }) => {
        const messageId = bounce?.messageId ?? null;
        return messageId === null ? null : storableId(messageId);
      }),
      letters.map(({ disposition }) => (disposition.state === 'ticket' ? disposition.ticketId : null)),
    ],
  );
}

/** The fate in one word, by which letters are found again when a rule changes. */
function dispositionText({ disposition }: Letter): string {
  if (disposition.state === 'quarantined' && disposition.reviewedBy !== null) return 'reviewed';
  return disposition.state === 'ignored' ? disposition.reason : disposition.state;
}
