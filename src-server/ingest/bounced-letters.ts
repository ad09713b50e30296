import type { TicketId } from '#shared/ids.ts';
import type { RuleBook } from '#shared/regulation/rule-book.ts';
import { applyBounce } from '#shared/ticket/apply-letter.ts';
import type { Letter, LetterFacts } from '#shared/ticket/letter.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import type { Queryable } from '../database/database.ts';
import { storableId } from './message-refs.ts';

/**
 * The tickets of those letters of the service that these bounces report, by Message-ID: answers, forwards, letters that
 * are being sent, and those that another mail program sent.
 */
export async function readBouncedLetters(
  transaction: Queryable,
  letters: readonly LetterFacts[],
): Promise<ReadonlyMap<string, TicketId>> {
  const ids = letters.flatMap(({ bounce }) => {
    const messageId = bounce?.messageId ?? null;
    return messageId === null ? [] : [storableId(messageId)];
  });
  if (ids.length === 0) return new Map();
  const rows = await transaction.query<{ messageId: string; ticketId: TicketId }>(
    `select message_id as "messageId", ticket_id as "ticketId" from send_claim where message_id = any($1::text[])
     union all select message_id, ticket_id from answer where message_id = any($1::text[])
     union all select message_id, ticket_id from letter
               where direction = 'out' and ticket_id is not null and message_id = any($1::text[])`,
    [ids],
  );
  return new Map(rows.map(({ messageId, ticketId }) => [messageId, ticketId]));
}

/** Bounces of these letters that came when nobody had spoken of them, by Message-ID; locked. */
export async function readUnknownBounces(
  transaction: Queryable,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Letter[]>> {
  if (messageIds.length === 0) return new Map();
  const rows = await transaction.query<{ messageId: string; state: string }>(
    `select bounce_of as "messageId", state from letter
     where disposition = 'bounce' and bounce_of = any($1::text[]) order by id for update`,
    [messageIds.map(storableId)],
  );
  const bounces = Map.groupBy(rows, ({ messageId }) => messageId);
  return new Map(
    [...bounces].map(([messageId, same]) => [
      messageId,
      same.map(({ state }) => JSON.parse(state) as Letter),
    ]),
  );
}

/** The ticket after the word of a mail server on one of its letters. */
export function withBounce(ticket: Ticket, { id, receivedAt, bounce }: Letter, rules: RuleBook): Ticket {
  if (bounce === null || bounce.messageId === null) return ticket;
  const { messageId, recipients } = bounce;
  return applyBounce(ticket, { letterId: id, at: receivedAt, messageId, recipients }, rules);
}
