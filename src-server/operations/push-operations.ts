import type { OperationAnswer } from '#shared/protocol/operations.ts';
import type { OperationId, TicketId } from '#shared/ids.ts';
import { err, type Result } from '#shared/result.ts';
import type { Author } from '#shared/ticket/author.ts';
import { isRecordOfSent, type Operation } from '#shared/ticket/operation.ts';
import type { Rejection } from '#shared/ticket/rejection.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import type { Database, Queryable } from '../database/database.ts';
import { isDatabaseAway } from '../database/sql-error.ts';
import { raceSafeTransaction } from '../database/transaction.ts';
import {
  commitChanges,
  type ChangedEntity,
  type OperationRecord,
  type TicketMove,
} from '../feed/commit-changes.ts';
import { giveNumbers } from '../tickets/give-numbers.ts';
import type { StoredRules } from '../regulation/stored-rules.ts';
import { heirOf, lockTicketsWithHeirs } from '../tickets/heirs.ts';
import { insertTickets, readTakenTokens, writeTickets } from '../tickets/ticket-rows.ts';
import { groupOperations, ticketsOf } from './group-operations.ts';
import { LetterMover } from './letter-mover.ts';
import { addsOneOf, readOwnAddresses } from './own-addresses.ts';
import { reducePair, type Reduced } from './reduce-pair.ts';
import { SentRecorder } from './sent-recorder.ts';
import { readSplitLetters } from './split-letters.ts';

/**
 * Applies a batch of operations and answers each, in order.
 *
 * The batch is one transaction: tickets are locked in the order of ids, folded here by the reducer that desks use too,
 * and written with one statement per table. An operation id is decided once for ever: whoever sends it again, also at
 * the same moment to another process, gets the first answer. On an error, of SQL or in what is stored of a ticket, every
 * ticket is tried on its own, with those that operations join to it, so that one ticket's trouble does not hold back the
 * others; operations that then still fail get no answer, and where none gets one, what failed is thrown.
 *
 * Each applied operation is a line of its ticket's history in the feed, before the ticket that shows its effect: whoever
 * has read up to the answered version has read both.
 */
export async function pushOperations(
  database: Database,
  author: Author,
  operations: readonly Operation[],
  stored: StoredRules,
  now: number,
): Promise<readonly OperationAnswer[]> {
  const push = async (part: readonly Operation[]): Promise<readonly OperationAnswer[]> =>
    await raceSafeTransaction(
      database,
      async (transaction) => await pushOnce(transaction, author, part, stored, now),
    );
  try {
    return await push(operations);
  } catch (error) {
    const groups = groupOperations(operations);
    if (isDatabaseAway(error) || groups.length === 1) throw error;
    return await pushByGroup(operations, groups, push);
  }
}

async function pushByGroup(
  operations: readonly Operation[],
  groups: readonly (readonly Operation[])[],
  push: (part: readonly Operation[]) => Promise<readonly OperationAnswer[]>,
): Promise<readonly OperationAnswer[]> {
  const answers = new Map<OperationId, OperationAnswer>();
  const failures: unknown[] = [];
  for (const part of groups) {
    try {
      for (const answer of await push(part)) answers.set(answer.id, answer);
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      failures.push(error);
    }
  }
  // The good tickets are done, and the desk has to hear of it; it repeats the others, which then fail by themselves.
  if (answers.size === 0) throw new AggregateError(failures, 'operations of all tickets failed');
  return operations.flatMap((operation) => answers.get(operation.id) ?? []);
}

interface Decision {
  readonly outcome: 'applied' | 'rejected';
  readonly version: number | null;
  readonly rejection: Rejection | null;
}

async function pushOnce(
  transaction: Queryable,
  author: Author,
  operations: readonly Operation[],
  stored: StoredRules,
  now: number,
): Promise<readonly OperationAnswer[]> {
  const before = await lockTicketsWithHeirs(transaction, [...new Set(operations.flatMap(ticketsOf))]);
  // After the locks: a new version of the regulation has been seen by then, or waits for these tickets.
  const rules = await stored.read(transaction);
  // After the locks: a racing request with the same operations has committed by now, or has not begun.
  const decided = await readDecisions(transaction, operations);
  const recorder = new SentRecorder(transaction, rules);
  const mover = new LetterMover(transaction);
  const tickets = new Map<string, Ticket>(before);
  const takenTokens = await readTakenTokens(transaction, tokensOf(operations));
  const letters = await readSplitLetters(transaction, operations, [...before.keys()]);
  const ownAddresses = await readOwnAddresses(transaction, operations);
  const blockedBy = new Map<TicketId, OperationId>();
  const records: OperationRecord[] = [];
  const activities: ChangedEntity[] = [];
  const moves: TicketMove[] = [];
  const touched = new Set<TicketId>();
  const answers: ((versions: ReadonlyMap<string, number>) => OperationAnswer)[] = [];

  for (const operation of operations) {
    const { id, ticketId } = operation;
    const by = blockedBy.get(ticketId);
    const known = decided.get(id);
    if (known !== undefined) {
      if (known.outcome === 'rejected' && by === undefined) blockedBy.set(ticketId, id);
      answers.push((versions) => toAnswer(id, known, versions.get(ticketId), true));
      continue;
    }
    if (by !== undefined) {
      answers.push(() => ({ id, outcome: 'blocked', by }));
      continue;
    }
    const homed = atHome(operation, tickets);
    const current = tickets.get(homed.ticketId) ?? null;
    const reduced: Result<Reduced, Rejection> = addsOneOf(ownAddresses, homed)
      ? err({ kind: 'own-address' })
      : reducePair(tickets, takenTokens, letters, homed, author, rules);
    const decision: Decision = reduced.ok
      ? { outcome: 'applied', version: null, rejection: null }
      : { outcome: 'rejected', version: null, rejection: reduced.error };
    if (reduced.ok) {
      const { ticket, other } = reduced.value;
      const changed = [
        await recorder.record(current, ticket, homed, author),
        ...(other === null ? [] : [other]),
      ];
      for (const each of changed) {
        tickets.set(each.id, each);
        touched.add(each.id);
        takenTokens.add(each.token);
      }
      touched.add(ticketId);
      mover.note(homed);
      if (!isRecordOfSent(operation)) activities.push({ kind: 'activity', id });
      moves.push(...movesOf(homed, author));
    } else {
      blockedBy.set(ticketId, id);
    }
    decided.set(id, decision);
    records.push({
      id,
      ticketId,
      agentId: author.agentId,
      body: JSON.stringify(operation),
      outcome: decision.outcome,
      rejection: decision.rejection === null ? null : JSON.stringify(decision.rejection),
    });
    answers.push((versions) => toAnswer(id, decision, versions.get(ticketId), false));
  }

  const changed = [...touched].flatMap((id) => tickets.get(id) ?? []);
  const isNew = ({ id }: Ticket): boolean => !before.has(id);
  await insertTickets(transaction, await giveNumbers(transaction, changed.filter(isNew)), rules);
  await writeTickets(
    transaction,
    changed.filter((ticket) => !isNew(ticket)),
    rules,
  );
  const changes: readonly ChangedEntity[] = [
    ...activities,
    ...changed.map(({ id }): ChangedEntity => ({ kind: 'ticket', id })),
    ...(await recorder.write()),
    ...(await mover.write()),
  ];
  const versions = await commitChanges(transaction, changes, records, moves, now);
  return answers.map((answer) => answer(versions));
}

function tokensOf(operations: readonly Operation[]): readonly string[] {
  return operations.flatMap((operation) =>
    operation.kind === 'create-ticket' || operation.kind === 'split-ticket' ? [operation.token] : [],
  );
}

/** A letter that left for a ticket which was merged meanwhile stands where the other letters stand now. */
function atHome(operation: Operation, tickets: ReadonlyMap<string, Ticket>): Operation {
  if (!isRecordOfSent(operation)) return operation;
  return { ...operation, ticketId: heirOf(tickets, operation.ticketId)?.id ?? operation.ticketId };
}

/** What colleagues with a half-written answer have to hear of. */
function movesOf(operation: Operation, { agentId }: Author): readonly TicketMove[] {
  const { ticketId, madeAt } = operation;
  switch (operation.kind) {
    case 'record-answer':
      return [{ ticketId, reason: 'colleague-answered', agentId, at: operation.answeredAt }];
    case 'close-ticket':
      return [{ ticketId, reason: 'closed', agentId, at: madeAt }];
    case 'merge-ticket':
      return [
        { ticketId, reason: 'closed', agentId, at: madeAt },
        // Letters of the client that they have not seen.
        { ticketId: operation.into, reason: 'client-wrote', agentId, at: madeAt },
      ];
    default:
      return [];
  }
}

async function readDecisions(
  transaction: Queryable,
  operations: readonly Operation[],
): Promise<Map<OperationId, Decision>> {
  const rows = await transaction.query<{
    id: OperationId;
    outcome: 'applied' | 'rejected';
    version: number | null;
    rejection: string | null;
  }>('select id, outcome, version, rejection from operation where id = any($1::text[])', [
    operations.map((operation) => operation.id),
  ]);
  return new Map(
    rows.map(({ id, outcome, version, rejection }) => [
      id,
      { outcome, version, rejection: rejection === null ? null : (JSON.parse(rejection) as Rejection) },
    ]),
  );
}

function toAnswer(
  id: OperationId,
  decision: Decision,
  freshVersion: number | undefined,
  duplicate: boolean,
): OperationAnswer {
  if (decision.outcome === 'rejected' && decision.rejection !== null) {
    return { id, outcome: 'rejected', rejection: decision.rejection, duplicate };
  }
  const version = decision.version ?? freshVersion;
  if (version === undefined) throw new Error('an applied operation has no version');
  return { id, outcome: 'applied', version, duplicate };
}
