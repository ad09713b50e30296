import type { AgentId, TicketId } from '#shared/ids.ts';
import type { AnswerKind } from '#shared/regulation/answer-kind.ts';
import type { Letter, LetterFacts } from '#shared/ticket/letter.ts';
import type { Queryable } from '../database/database.ts';
import { storableId } from './message-refs.ts';

/**
 * That a desk sends or sent a letter itself: nothing that its copy in Sent could say of the ticket is news, and one that
 * is received has come back.
 *
 * Who and how only once an answer is recorded; a forward is its claimant's at once, for it has no kind to wait for.
 */
export interface DeskLetter {
  readonly ticketId: TicketId;
  readonly agentId: AgentId | null;
  readonly answerKind: AnswerKind | null;
}

/** What desks have claimed or recorded of the letters' Message-IDs, by Message-ID. */
export async function readDeskLetters(
  transaction: Queryable,
  letters: readonly LetterFacts[],
): Promise<ReadonlyMap<string, DeskLetter>> {
  const ids = letters.flatMap(({ messageId }) => (messageId === null ? [] : [storableId(messageId)]));
  if (ids.length === 0) return new Map();
  const rows = await transaction.query<DeskLetter & { messageId: string }>(
    `select coalesce(a.message_id, c.message_id) as "messageId", coalesce(a.ticket_id, c.ticket_id) as "ticketId",
            coalesce(a.agent_id, case when c.purpose = 'forward' then c.agent_id end) as "agentId",
            a.answer_kind as "answerKind"
     from (select message_id, ticket_id, agent_id, purpose from send_claim where message_id = any($1::text[])) c
     full join (select * from answer where message_id = any($1::text[])) a on a.message_id = c.message_id`,
    [ids],
  );
  return new Map(rows.map((row) => [row.messageId, row]));
}

/** A letter of the Sent folder that referred to nothing known, with all ids that it is or names. */
export interface UnrelatedSent {
  readonly letter: Letter;
  readonly ids: readonly string[];
}

/** Unrelated letters of the Sent folder that refer to one of the letters given: these may be what they answer. */
export async function readUnrelatedSent(
  transaction: Queryable,
  letters: readonly LetterFacts[],
): Promise<readonly UnrelatedSent[]> {
  const ids = letters.flatMap(({ messageId }) => (messageId === null ? [] : [storableId(messageId)]));
  const rows = await transaction.query<{ state: string; ids: readonly string[] }>(
    `select l.state, (select array_agg(o.message_id) from unrelated_sent_ref o where o.letter_id = l.id) as ids
     from letter l
     where l.id in (select letter_id from unrelated_sent_ref where message_id = any($1::text[]))
       and l.disposition = 'unrelated-sent'
     order by l.id for update of l`,
    [ids],
  );
  return rows.map((row) => ({ letter: JSON.parse(row.state) as Letter, ids: row.ids }));
}

export async function writeUnrelatedSent(
  transaction: Queryable,
  sent: readonly UnrelatedSent[],
): Promise<void> {
  const refs = sent.flatMap(({ letter, ids }) => [...new Set(ids)].map((id) => [id, letter.id] as const));
  if (refs.length === 0) return;
  await transaction.query(
    `insert into unrelated_sent_ref (message_id, letter_id) select * from unnest($1::text[], $2::text[])
     on conflict do nothing`,
    [refs.map(([id]) => id), refs.map(([, letterId]) => letterId)],
  );
}
