import type { Letter } from '#shared/ticket/letter.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { LetterPeople, TicketLetters } from '#shared/ticket/split-people.ts';
import type { Queryable } from '../database/database.ts';
import { messageIdOf } from '../ingest/thread-index.ts';

/**
 * What a batch that splits tickets has to know of the letters on its tickets, those that it records itself included;
 * nothing for all other batches.
 */
export async function readSplitLetters(
  transaction: Queryable,
  operations: readonly Operation[],
  ticketIds: readonly string[],
): Promise<TicketLetters> {
  const received = new Map<string, LetterPeople>();
  const sent = new Map<string, LetterPeople>();
  if (!operations.some(({ kind }) => kind === 'split-ticket')) return { received, sent };
  const rows = await transaction.query<{ state: string }>(
    'select state from letter where ticket_id = any($1::text[])',
    [ticketIds],
  );
  for (const { state } of rows) {
    const letter = JSON.parse(state) as Letter;
    if (letter.direction === 'in') received.set(letter.id, letter);
    else sent.set(messageIdOf(letter), letter);
  }
  for (const operation of operations) {
    if (operation.kind === 'record-answer') sent.set(operation.messageId, operation);
  }
  return { received, sent };
}
