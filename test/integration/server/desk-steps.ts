import { v7 as newUuid } from 'uuid';
import type { OperationId, OutgoingId, TicketId } from '#shared/ids.ts';
import type { Change } from '#shared/protocol/changes.ts';
import type { SendClaim } from '#shared/protocol/send-claim.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { RecordAnswer } from '#shared/ticket/operations/record-answer.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { askApi } from '#test/fakes/call-api.ts';
import { newLetter, newMessageId, type LetterSketch } from './letters.ts';
import type { Bench, newAgent } from './on-both-engines.ts';

/* What desks do over HTTP, in the words of the tests. */

export type Agent = Awaited<ReturnType<typeof newAgent>>;

/** A new operation of this kind, made now. */
export function operation<K extends Operation['kind']>(
  { clock }: Bench,
  kind: K,
  ticketId: TicketId,
  rest: Omit<Extract<Operation, { kind: K }>, 'id' | 'ticketId' | 'madeAt' | 'kind'>,
): Operation {
  const head = { id: newUuid() as OperationId, ticketId, madeAt: clock.now(), kind };
  return { ...head, ...rest } as unknown as Operation;
}

export async function push({ api }: Bench, { token }: Agent, ...operations: Operation[]) {
  return (await askApi(api.url, 'pushOperations', token, { body: { operations } })).answers;
}

/** The API's word on the right to send a letter that was begun at `ticketVersion`. */
export async function claimSend(
  { api }: Bench,
  { token }: Agent,
  claim: Pick<SendClaim, 'ticketId' | 'purpose'> & Partial<SendClaim>,
) {
  const outgoingId = newUuid() as OutgoingId;
  const body = { outgoingId, messageId: newMessageId(), ticketVersion: 0, ...claim };
  return await askApi(api.url, 'claimSend', token, { body });
}

export function answerTo(
  bench: Bench,
  ticket: Ticket,
  { to = [ticket.client.address] }: { to?: string[] },
): RecordAnswer {
  return {
    id: newUuid() as OperationId,
    ticketId: ticket.id,
    kind: 'record-answer',
    madeAt: bench.clock.now(),
    answeredAt: bench.clock.now(),
    messageId: newMessageId(),
    answerKind: 'solution',
    from: { name: 'СТП', address: 'info@example.by' },
    to: to.map((address) => ({ name: '', address })),
    cc: [],
    subject: `Re: ${ticket.subject} [STP-${ticket.token}]`,
    references: [],
  };
}

export async function ingest({ api }: Bench, agent: Agent, ...sketches: LetterSketch[]) {
  const letters = sketches.map((sketch) => newLetter(sketch));
  return (await askApi(api.url, 'ingest', agent.token, { body: { letters } })).letters;
}

export async function newTickets(bench: Bench, agent: Agent, count: number): Promise<Ticket[]> {
  const letters = await ingest(bench, agent, ...Array.from({ length: count }, () => ({})));
  const ids = letters.map(({ disposition }) =>
    disposition.state === 'ticket' ? disposition.ticketId : null,
  );
  const feed = await readFeed(bench, agent);
  return ids.map((id) => {
    const change = feed.find((candidate) => candidate.entity === 'ticket' && candidate.id === id);
    if (change?.entity !== 'ticket' || change.state === null) throw new Error('no ticket was opened');
    return change.state;
  });
}

export async function newTicket(bench: Bench, agent: Agent): Promise<Ticket> {
  const [ticket] = await newTickets(bench, agent, 1);
  if (ticket === undefined) throw new Error('no ticket was opened');
  return ticket;
}

export async function readTicket(bench: Bench, agent: Agent, id: TicketId): Promise<Ticket> {
  const change = (await readFeed(bench, agent)).find((candidate) => candidate.id === id);
  if (change?.entity !== 'ticket' || change.state === null) throw new Error('no such ticket in the feed');
  return change.state;
}

export async function readFeed({ api }: Bench, agent: Agent, limit = 5_000): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for (let after = 0; ;) {
    const page = await askApi(api.url, 'pullChanges', agent.token, { query: { after, limit } });
    changes.push(...page.changes);
    if (!page.more) return changes;
    after = page.next;
  }
}
