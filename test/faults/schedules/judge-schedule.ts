import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { HeadReader } from '#server/feed/heads.ts';
import { readChanges } from '#server/feed/read-changes.ts';
import type { LetterId, TicketId } from '#shared/ids.ts';
import type { Change } from '#shared/protocol/changes.ts';
import type { Activity } from '#shared/ticket/activity.ts';
import type { Letter, LetterFacts } from '#shared/ticket/letter.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import type { ScheduleService } from './api-world.ts';
import type { ScheduleDesk } from './schedule-desk.ts';

/** What an agent did, by its own wish: however often it is sent, it is one. */
export interface Intent {
  readonly operation: Operation;
  readonly desk: number;
  /** The agent gave it up after it was refused. */
  dropped: boolean;
}

interface Judged {
  readonly service: ScheduleService;
  readonly desks: readonly ScheduleDesk[];
  readonly intents: readonly Intent[];
  readonly letters: readonly LetterFacts[];
  /** How long desks may take to show what they were told. */
  readonly patienceMs: number;
}

/** What the API says of everything when it is asked from the beginning. */
interface Truth {
  readonly tickets: ReadonlyMap<TicketId, { readonly ticket: Ticket; readonly version: number }>;
  readonly letters: ReadonlyMap<LetterId, Letter>;
  readonly activities: readonly Activity[];
}

/**
 * What is wrong once nothing goes wrong any more; empty when all is well.
 *
 * (c) every desk shows what a new reader of the feed would, by identity, state and content; (d) everything that an agent
 * did was applied once, or refused for all to see; (e) numbers are unique, and each letter stands on one ticket.
 */
export async function judgeSchedule(judged: Judged): Promise<readonly string[]> {
  const truth = await readTruth(judged.service);
  const wrong = [
    ...(await judgeIntents(judged, truth)),
    ...judgeNumbers(truth),
    ...judgeLetters(judged.letters, truth),
  ];
  const end = Date.now() + judged.patienceMs;
  for (;;) {
    const differences: string[] = [];
    for (const desk of judged.desks) differences.push(...(await judgeDesk(desk, truth)));
    if (differences.length === 0 || Date.now() > end) return [...wrong, ...differences];
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

async function readTruth({ api }: ScheduleService): Promise<Truth> {
  const heads = await new HeadReader(api.database).read();
  const tickets = new Map<TicketId, { readonly ticket: Ticket; readonly version: number }>();
  const letters = new Map<LetterId, Letter>();
  const activities: Activity[] = [];
  for (let after = 0; ;) {
    const page = await readChanges(api.database, heads, { after, limit: 1_000 });
    if (!page.ok) throw new Error(page.error.kind);
    const { changes, next, more } = JSON.parse(page.value) as {
      readonly changes: readonly Change[];
      readonly next: number;
      readonly more: boolean;
    };
    for (const change of changes) {
      if (change.state === null) continue;
      if (change.entity === 'ticket')
        tickets.set(change.id, { ticket: change.state, version: change.version });
      if (change.entity === 'letter') letters.set(change.id, change.state);
      if (change.entity === 'activity') activities.push(change.state);
    }
    if (!more) return { tickets, letters, activities };
    after = next;
  }
}

/** (d): nothing vanished, nothing was done twice. An intent is known by its moment: no two have the same. */
async function judgeIntents({ service, desks, intents }: Judged, truth: Truth): Promise<readonly string[]> {
  const rows = await service.api.database.query<{ body: string; outcome: string }>(
    'select body, outcome from operation where agent_id is not null',
  );
  const applied = new Map<number, number>();
  for (const { body, outcome } of rows) {
    const { madeAt } = JSON.parse(body) as Operation;
    if (outcome === 'applied') applied.set(madeAt, (applied.get(madeAt) ?? 0) + 1);
  }
  const wrong: string[] = [];
  for (const { operation, desk, dropped } of intents) {
    const times = applied.get(operation.madeAt) ?? 0;
    const what = `${operation.kind} ${operation.id} of desk ${String(desk)}`;
    if (times > 1) wrong.push(`${what} was applied ${String(times)} times`);
    const isWaiting = desks[desk]?.waiting.includes(operation.id) ?? false;
    const isRefused = desks[desk]?.rejected.includes(operation.id) ?? false;
    if (times === 0 && !dropped && !isWaiting && !isRefused) wrong.push(`${what} vanished`);
  }
  const notes = new Map<string, number>();
  for (const { ticketId, operation } of truth.activities) {
    if (operation.kind === 'add-note') notes.set(ticketId, (notes.get(ticketId) ?? 0) + 1);
  }
  for (const { ticket } of truth.tickets.values()) {
    const made = notes.get(ticket.id) ?? 0;
    if (ticket.noteCount !== made)
      wrong.push(
        `ticket ${String(ticket.number)} counts ${String(ticket.noteCount)} notes of ${String(made)}`,
      );
  }
  return wrong;
}

/** (e), first half. */
function judgeNumbers({ tickets }: Truth): readonly string[] {
  const all = [...tickets.values()].map(({ ticket }) => ticket);
  const wrong: string[] = [];
  if (new Set(all.map(({ number }) => number)).size !== all.length) wrong.push('a number is given twice');
  if (new Set(all.map(({ token }) => token)).size !== all.length) wrong.push('a token is given twice');
  if (all.some(({ number }) => number <= 0)) wrong.push('a ticket has no number');
  return wrong;
}

/** (e), second half. */
function judgeLetters(received: readonly LetterFacts[], { letters, tickets }: Truth): readonly string[] {
  const wrong: string[] = [];
  for (const { id } of received) {
    const disposition = letters.get(id)?.disposition;
    if (disposition === undefined) wrong.push(`letter ${id.slice(0, 10)} is nowhere`);
    else if (disposition.state !== 'ticket' || !tickets.has(disposition.ticketId))
      wrong.push(`letter ${id.slice(0, 10)} is on no ticket: ${disposition.state}`);
  }
  const counted = new Map<string, number>();
  for (const { disposition } of letters.values()) {
    if (disposition.state !== 'ticket') continue;
    counted.set(disposition.ticketId, (counted.get(disposition.ticketId) ?? 0) + 1);
  }
  for (const { ticket } of tickets.values()) {
    const there = counted.get(ticket.id) ?? 0;
    if (ticket.letterCount !== there)
      wrong.push(
        `ticket ${String(ticket.number)} counts ${String(ticket.letterCount)} letters of ${String(there)}`,
      );
  }
  return wrong;
}

/** (c): what one desk's windows show, against the feed read anew. */
async function judgeDesk(desk: ScheduleDesk, truth: Truth): Promise<readonly string[]> {
  const name = `desk ${String(desk.index)}`;
  const queue = await desk.everything();
  if (queue === null) return [`${name} shows nothing`];
  const wrong: string[] = [];
  if (queue.total !== truth.tickets.size)
    wrong.push(`${name} shows ${String(queue.total)} tickets of ${String(truth.tickets.size)}`);
  for (const [id, { ticket, version }] of truth.tickets) {
    const view = await desk.ticket(id);
    const which = `${name}, ticket ${String(ticket.number)}`;
    if (view === null) {
      wrong.push(`${which}: not there`);
      continue;
    }
    if (view.version !== version)
      wrong.push(`${which}: version ${String(view.version)} of ${String(version)}`);
    if (!isDeepStrictEqual(view.ticket, ticket))
      wrong.push(`${which}: another state, ${different(view.ticket, ticket)}`);
    const row = queue.rows.find((each) => each.ticket.id === id);
    if (row === undefined || row.pending || !isDeepStrictEqual(row.ticket, ticket))
      wrong.push(`${which}: another row in the list`);
    const letters = [...truth.letters.values()].filter(
      ({ disposition }) => disposition.state === 'ticket' && disposition.ticketId === id,
    );
    const shown = view.letters.map(({ content: _content, ...letter }) => letter);
    if (hashOf(shown) !== hashOf(letters)) wrong.push(`${which}: other letters`);
    const activities = truth.activities.filter(({ ticketId }) => ticketId === id);
    if (hashOf(view.activities.map(({ activity }) => activity)) !== hashOf(activities))
      wrong.push(`${which}: another history`);
  }
  const outbox = await desk.outboxView();
  if (outbox === null || outbox.operations.length > 0) wrong.push(`${name}: something still waits`);
  return wrong;
}

/** Of things with ids, whatever their order and that of their fields. */
function hashOf(things: readonly { readonly id: string }[]): string {
  const texts = things.map((thing) => JSON.stringify(sorted(thing))).toSorted();
  return createHash('sha256').update(texts.join('\n')).digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

function different(a: Ticket, b: Ticket): string {
  const left = new Map<string, unknown>(Object.entries(a));
  return Object.entries(b)
    .filter(([key, value]) => !isDeepStrictEqual(left.get(key), value))
    .map(([key, value]) => `${key} ${JSON.stringify(left.get(key))} is ${JSON.stringify(value)}`)
    .join('; ');
}
