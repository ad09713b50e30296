import { v7 as newUuid } from 'uuid';
import type { OperationId, OutgoingId, TicketId } from '#shared/ids.ts';
import { appendToken } from '#shared/mail/subject.ts';
import type { RuleBook } from '#shared/regulation/rule-book.ts';
import { applyAnswer } from '#shared/ticket/apply-letter.ts';
import { reduceJob, type JobOperation } from '#shared/ticket/job-operation.ts';
import type { Letter, MailboxAddress } from '#shared/ticket/letter.ts';
import type { Queryable } from '../database/database.ts';
import { commitChanges, type ChangedEntity } from '../feed/commit-changes.ts';
import { readUnknownBounces, withBounce } from '../ingest/bounced-letters.ts';
import { letterIdOfMessage } from '../ingest/letter-id.ts';
import { writeLetters } from '../ingest/letter-rows.ts';
import { storableId } from '../ingest/message-refs.ts';
import { commitJob, type JobDone } from '../jobs/job-transaction.ts';
import { heirOf, lockTicketsWithHeirs } from '../tickets/heirs.ts';
import { writeTickets } from '../tickets/ticket-rows.ts';
import type { RequestedLetter } from './request-receipts.ts';

/** A send request, as far as its end needs it. */
export interface RequestedSend {
  readonly id: OutgoingId;
  readonly ticketId: TicketId;
  readonly messageId: string;
  /** A {@link RequestedLetter} as JSON. */
  readonly letter: string;
}

/**
 * Writes down that an automatic letter was sent: a notice in the conversation, which nobody wrote and which stops no
 * clock. Ends the transaction's work.
 */
export async function recordAutomaticLetter(
  transaction: Queryable,
  request: RequestedSend,
  sent: { readonly at: number; readonly from: MailboxAddress },
  rules: RuleBook,
  now: number,
): Promise<void> {
  const { messageId } = request;
  const ticket = heirOf(await lockTicketsWithHeirs(transaction, [request.ticketId]), request.ticketId);
  if (ticket === undefined) throw new Error('a send request has no ticket');
  const answer = { at: sent.at, answerKind: 'notice', messageId, agentId: null, human: false } as const;
  const bounces = [...(await readUnknownBounces(transaction, [messageId])).values()].flat();
  const told = bounces.reduce(
    (known, letter) => withBounce(known, letter, rules),
    applyAnswer(ticket, answer, rules),
  );
  await writeTickets(transaction, [told], rules);
  await transaction.query(
    `insert into answer (message_id, ticket_id, agent_id, answer_kind) values ($1, $2, null, 'notice')
     on conflict (message_id) do nothing`,
    [storableId(messageId), ticket.id],
  );
  const said = {
    disposition: { state: 'ticket', ticketId: ticket.id },
    answerKind: 'notice',
    kind: 'auto-reply',
  } as const;
  const copies = await readCopies(transaction, messageId);
  const standIn: Letter = {
    ...said,
    id: letterIdOfMessage(messageId),
    direction: 'out',
    messageId,
    from: sent.from,
    to: [(JSON.parse(request.letter) as RequestedLetter).to],
    cc: [],
    subject: appendToken(`Re: ${ticket.subject}`, ticket.token),
    receivedAt: sent.at,
    bounce: null,
    agentId: null,
    locations: [],
  };
  const letters = [
    ...(copies.length > 0 ? copies.map((copy): Letter => ({ ...copy, ...said })) : [standIn]),
    ...bounces.map((letter): Letter => ({ ...letter, disposition: said.disposition })),
  ];
  await writeLetters(transaction, letters);
  await commitChanges(
    transaction,
    [{ kind: 'ticket', id: ticket.id }, ...letters.map(({ id }): ChangedEntity => ({ kind: 'letter', id }))],
    [],
    [],
    now,
  );
}

/** Copies of the letter in Sent that were found before. */
async function readCopies(transaction: Queryable, messageId: string): Promise<readonly Letter[]> {
  const rows = await transaction.query<{ state: string }>(
    `select state from letter where direction = 'out' and message_id = $1 order by id for update`,
    [storableId(messageId)],
  );
  return rows.map(({ state }) => JSON.parse(state) as Letter);
}

type Why = Extract<JobOperation, { kind: 'give-up-letter' }>['why'];

/** Says in the tickets' histories that automatic letters were not sent, or maybe not. Ends the transaction's work. */
export async function recordGivenUp(
  transaction: Queryable,
  given: readonly { readonly request: Pick<RequestedSend, 'ticketId'>; readonly why: Why }[],
  rules: RuleBook,
  now: number,
): Promise<void> {
  const tickets = await lockTicketsWithHeirs(
    transaction,
    given.map(({ request }) => request.ticketId),
  );
  // Letters of tickets that were merged meanwhile are one line.
  const done = new Map<TicketId, JobDone>();
  for (const { request, why } of given) {
    const ticket = heirOf(tickets, request.ticketId);
    if (ticket === undefined) continue;
    const operation: JobOperation = {
      id: newUuid() as OperationId,
      ticketId: ticket.id,
      madeAt: now,
      kind: 'give-up-letter',
      letter: 'receipt',
      why,
    };
    const after = reduceJob(ticket, operation, rules);
    if (after !== null) done.set(ticket.id, { operation, ticket: after });
  }
  if (done.size > 0) await commitJob(transaction, [...done.values()], [], rules, now);
}
