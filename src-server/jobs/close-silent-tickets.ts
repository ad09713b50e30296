import { v7 as newUuid } from 'uuid';
import type { OperationId } from '#shared/ids.ts';
import type { RuleBook } from '#shared/regulation/rule-book.ts';
import { reduceJob, type JobOperation } from '#shared/ticket/job-operation.ts';
import { closesBySilenceAt } from '#shared/ticket/closes-by-silence-at.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import type { Database, Queryable } from '../database/database.ts';
import type { TicketMove } from '../feed/commit-changes.ts';
import { readWatermark } from '../ingest/watermarks.ts';
import type { StoredRules } from '../regulation/stored-rules.ts';
import { lockTickets } from '../tickets/ticket-rows.ts';
import { commitJob, jobTransaction, type JobDone } from './job-transaction.ts';

const pageSize = 200;

/** INTERNALDATE knows whole seconds (RFC 3501 §2.3.3). */
const secondMs = 1_000;

export interface ClosedBySilence {
  readonly closed: number;
  /** Held back, because a letter that nobody could read may be the client's word. */
  readonly heldBack: number;
}

interface Place {
  readonly closesAt: number;
  readonly id: string;
}

type CloseBySilence = Extract<JobOperation, { kind: 'close-by-silence' }>;

/**
 * Closes the tickets whose clients stayed silent (regulation §3).
 *
 * Only up to the watermark: later than that there may be a letter which no desk has told of yet. And not where a letter
 * that lies in quarantine came after the answer, until somebody has looked at it. Every ticket is
 * judged once more when it is locked, so that nothing which came meanwhile is overrun. Null where another process does
 * it.
 */
export async function closeSilentTickets(
  database: Database,
  stored: StoredRules,
  now: number,
): Promise<ClosedBySilence | null> {
  let [closed, heldBack] = [0, 0];
  for (let after: Place | null = { closesAt: -1, id: '' }; after !== null;) {
    const from: Place = after;
    const page = await jobTransaction(
      database,
      async (transaction) => await closePage(transaction, stored, from, now),
    );
    if (page === null) return null;
    closed += page.closed;
    heldBack += page.heldBack;
    after = page.last;
  }
  return { closed, heldBack };
}

async function closePage(
  transaction: Queryable,
  stored: StoredRules,
  after: Place,
  now: number,
): Promise<ClosedBySilence & { readonly last: Place | null }> {
  const { at: watermarkAt } = await readWatermark(transaction);
  if (watermarkAt === null) return { closed: 0, heldBack: 0, last: null };
  const rows = await transaction.query<Place>(
    `select id, closes_at as "closesAt" from ticket
     where closes_at < $1::bigint and (closes_at, id) > ($2::bigint, $3::text collate "C")
     order by closes_at, id limit $4::int`,
    [watermarkAt, after.closesAt, after.id, pageSize],
  );
  const last = rows.length < pageSize ? null : (rows.at(-1) ?? null);
  const tickets = await lockTickets(
    transaction,
    rows.map(({ id }) => id),
  );
  const rules = await stored.read(transaction);
  const due = [...tickets.values()].flatMap((ticket) => {
    const operation = closingFor(ticket, rules, watermarkAt, now);
    return operation === null ? [] : [{ ticket, operation }];
  });
  const unread = await findUnread(
    transaction,
    due.map(({ operation }) => operation),
  );
  const done: JobDone[] = [];
  for (const { ticket, operation } of due) {
    const closed = unread.has(ticket.id) ? null : reduceJob(ticket, operation, rules);
    if (closed !== null) done.push({ operation, ticket: closed });
  }
  if (done.length > 0) await commitJob(transaction, done, done.map(moveOf), rules, now);
  return { closed: done.length, heldBack: unread.size, last };
}

function closingFor(
  ticket: Ticket,
  rules: RuleBook,
  watermarkAt: number,
  now: number,
): CloseBySilence | null {
  const closesAt = closesBySilenceAt(ticket, rules.current);
  const answer = ticket.events.findLast(
    (event) => event.kind === 'answer' && event.human && event.answerKind !== 'notice',
  );
  if (closesAt === null || closesAt >= watermarkAt || answer === undefined) return null;
  return {
    id: newUuid() as OperationId,
    ticketId: ticket.id,
    madeAt: now,
    kind: 'close-by-silence',
    answeredAt: answer.at,
    closesAt,
    watermarkAt,
  };
}

/**
 * The tickets to which a letter may belong that lies in quarantine and that nobody has looked at. When a letter came is not
 * always known of one that cannot be read; then it has the time at which it was given up, which is later.
 */
async function findUnread(
  transaction: Queryable,
  operations: readonly CloseBySilence[],
): Promise<ReadonlySet<string>> {
  if (operations.length === 0) return new Set();
  const rows = await transaction.query<{ id: string }>(
    `select g.id from unnest($1::text[], $2::bigint[]) as g (id, answered_at)
     where exists (select from letter l where l.disposition = 'quarantined' and l.received_at >= g.answered_at)`,
    [
      operations.map(({ ticketId }) => ticketId),
      operations.map(({ answeredAt }) => Math.floor(answeredAt / secondMs) * secondMs),
    ],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Whoever has an answer half written hears of it before it leaves. */
function moveOf({ ticket, operation }: JobDone): TicketMove {
  return { ticketId: ticket.id, reason: 'closed', agentId: null, at: operation.madeAt };
}
