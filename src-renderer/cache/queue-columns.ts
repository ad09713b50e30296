import type { AgentId, TicketId } from '#shared/ids.ts';
import { isAnswerLost } from '#shared/ticket/is-answer-lost.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { searchableText } from './searchable-text.ts';

/** Words of an id in {@link QueueColumns.ids}. */
export const idWords = 4;

/** Bits of {@link QueueColumns.flags}. */
export const ticketFlags = {
  critical: 1,
  /** A client waits for a reaction. */
  waits: 2,
  waiting: 4,
  closed: 8,
  escalated: 16,
  phone: 32,
  internal: 64,
  /** Its last answer did not arrive. */
  answerLost: 128,
} as const;

/**
 * All tickets in the queue's order, as columns: what sections, filters, orders and the search need.
 *
 * Never changed in place: {@link mergeColumns} makes the next state. Moments are epoch milliseconds, 0 for none.
 */
export interface QueueColumns {
  readonly size: number;
  /** Start of the open reaction period, else the receipt. */
  readonly startedAt: Float64Array<ArrayBuffer>;
  readonly receivedAt: Float64Array<ArrayBuffer>;
  readonly lastLetterAt: Float64Array<ArrayBuffer>;
  readonly snoozedUntil: Float64Array<ArrayBuffer>;
  readonly heldUntil: Float64Array<ArrayBuffer>;
  /** UUIDs as four big-endian words each, so that they compare like their text. */
  readonly ids: Uint32Array<ArrayBuffer>;
  readonly numbers: Uint32Array<ArrayBuffer>;
  /** Places in {@link agents}, counted from 1; 0 is nobody. */
  readonly holders: Uint16Array<ArrayBuffer>;
  readonly assignees: Uint16Array<ArrayBuffer>;
  /** Places in {@link tagSets}, counted from 1; 0 is none. */
  readonly tagged: Uint32Array<ArrayBuffer>;
  /** Places in {@link categoryIds}, counted from 1; 0 is none. */
  readonly categories: Uint8Array<ArrayBuffer>;
  readonly flags: Uint8Array<ArrayBuffer>;
  readonly agents: readonly AgentId[];
  readonly categoryIds: readonly string[];
  /** Tags that stand together on some ticket, or did, each list of them with line ends between. */
  readonly tagSets: readonly string[];
  /** See `searchableText`; null until somebody has searched. */
  readonly texts: readonly string[] | null;
}

/** The columns that are numbers, widest first, and how many numbers a ticket has in each. */
export const numberColumns = [
  ['startedAt', 1],
  ['receivedAt', 1],
  ['lastLetterAt', 1],
  ['snoozedUntil', 1],
  ['heldUntil', 1],
  ['ids', idWords],
  ['numbers', 1],
  ['tagged', 1],
  ['holders', 1],
  ['assignees', 1],
  ['categories', 1],
  ['flags', 1],
] as const satisfies readonly (readonly [keyof QueueColumns, number])[];

/** A ticket's new state, null when it is gone. */
export interface TicketChange {
  readonly id: TicketId;
  readonly ticket: Ticket | null;
}

type Names = Pick<QueueColumns, 'agents' | 'categoryIds' | 'tagSets'>;

/** No tickets, all texts known. */
export function emptyColumns(): QueueColumns {
  return columnsFor(0, { agents: [], categoryIds: [], tagSets: [] }, []);
}

export function columnsFor(
  size: number,
  { agents, categoryIds, tagSets }: Names,
  texts: readonly string[] | null,
): QueueColumns {
  return {
    size,
    startedAt: new Float64Array(size),
    receivedAt: new Float64Array(size),
    lastLetterAt: new Float64Array(size),
    snoozedUntil: new Float64Array(size),
    heldUntil: new Float64Array(size),
    ids: new Uint32Array(size * idWords),
    numbers: new Uint32Array(size),
    tagged: new Uint32Array(size),
    holders: new Uint16Array(size),
    assignees: new Uint16Array(size),
    categories: new Uint8Array(size),
    flags: new Uint8Array(size),
    agents,
    categoryIds,
    tagSets,
    texts,
  };
}

/** The id of the ticket at a place. */
export function idAt({ ids }: QueueColumns, index: number): TicketId {
  let hex = '';
  for (let word = index * idWords; word < (index + 1) * idWords; word++) {
    hex += (ids[word] ?? 0).toString(16).padStart(8, '0');
  }
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return uuid.join('-') as TicketId;
}

/** The place of a ticket; -1 for none. */
export function placeOf({ ids, size }: QueueColumns, id: TicketId): number {
  const words = wordsOf(id);
  const last = words[idWords - 1];
  for (let place = 0; place < size; place++) {
    const offset = place * idWords;
    // The last word is random and tells nearly all others.
    if (ids[offset + idWords - 1] !== last) continue;
    if (words.every((word, index) => ids[offset + index] === word)) return place;
  }
  return -1;
}

/** The tags that tickets have, in alphabetical order. */
export function tagsInUse({ tagged, tagSets }: QueueColumns): readonly string[] {
  const used = new Set(tagged);
  const tags = tagSets.flatMap((set, index) => (used.has(index + 1) ? set.split('\n') : []));
  return [...new Set(tags)].toSorted();
}

/** An id as it stands in {@link QueueColumns.ids}. */
function wordsOf(id: TicketId): readonly number[] {
  const hex = id.replaceAll('-', '');
  return Array.from({ length: idWords }, (_, word) => Number.parseInt(hex.slice(8 * word, 8 * word + 8), 16));
}

/**
 * The columns with these tickets' new states; of several changes of one ticket the last counts.
 *
 * Stretches of the queue between changes are copied whole, so that a few changes among 100,000 tickets cost about as much
 * as copying memory.
 */
export function mergeColumns(old: QueueColumns, changes: readonly TicketChange[]): QueueColumns {
  if (changes.length === 0) return old;
  const newest = new Map(changes.map((change) => [change.id, change]));
  const living = [...newest.values()].flatMap(({ ticket }) => (ticket === null ? [] : [ticket]));
  const added = sortedColumns(living, old);
  const removed = placesOf(old, newest);
  const merged = columnsFor(old.size - removed.length + added.size, added, old.texts === null ? null : []);
  const run = { from: 0, to: 0 };
  let gone = 0;
  const copyOld = (end: number) => {
    while (run.from < end) {
      const next = Math.min(removed[gone] ?? end, end);
      if (next > run.from) copyRun(old, run.from, merged, run.to, next - run.from);
      run.to += next - run.from;
      run.from = next;
      if (removed[gone] !== next || next === end) continue;
      run.from++;
      gone++;
    }
  };
  for (let index = 0; index < added.size; index++) {
    copyOld(lowerBound(old, added, index));
    copyRun(added, index, merged, run.to++, 1);
  }
  copyOld(old.size);
  return merged;
}

/** The places of these tickets, ascending. */
function placesOf(columns: QueueColumns, tickets: ReadonlyMap<TicketId, unknown>): number[] {
  // The last word of a UUIDv7 is random: it tells nearly all other tickets without making their text.
  const lastWords = new Set(Array.from(tickets.keys(), (id) => wordsOf(id)[idWords - 1]));
  const places: number[] = [];
  for (let index = 0; index < columns.size; index++) {
    if (!lastWords.has(columns.ids[index * idWords + idWords - 1])) continue;
    if (tickets.has(idAt(columns, index))) places.push(index);
  }
  return places;
}

/** The first place of `columns` that does not come before place `index` of `other`. */
function lowerBound(columns: QueueColumns, other: QueueColumns, index: number): number {
  let low = 0;
  let high = columns.size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (comparePlaces(columns, middle, other, index) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sortedColumns(tickets: readonly Ticket[], old: QueueColumns): QueueColumns {
  const agents = new NamePlaces(old.agents);
  const categoryIds = new NamePlaces(old.categoryIds);
  const tagSets = new NamePlaces(old.tagSets);
  const texts = old.texts === null ? null : tickets.map(searchableText);
  const names = { agents: agents.names, categoryIds: categoryIds.names, tagSets: tagSets.names };
  const loose = columnsFor(tickets.length, names, texts);
  for (const [index, ticket] of tickets.entries()) {
    loose.ids.set(wordsOf(ticket.id), index * idWords);
    loose.startedAt[index] = ticket.reactionStartedAt ?? ticket.receivedAt;
    loose.receivedAt[index] = ticket.receivedAt;
    loose.lastLetterAt[index] = ticket.lastLetterAt;
    loose.snoozedUntil[index] = ticket.snooze?.until ?? 0;
    loose.heldUntil[index] = ticket.holder?.until ?? 0;
    loose.numbers[index] = ticket.number;
    loose.holders[index] = agents.of(ticket.holder?.agentId ?? null);
    loose.assignees[index] = agents.of(ticket.assigneeId);
    loose.tagged[index] = tagSets.of(ticket.tags.length === 0 ? null : ticket.tags.join('\n'));
    loose.categories[index] = categoryIds.of(ticket.category);
    loose.flags[index] = flagsOf(ticket);
  }
  const places = Uint32Array.from(tickets, (_, index) => index);
  places.sort((a, b) => comparePlaces(loose, a, loose, b));
  const sorted = columnsFor(tickets.length, loose, texts === null ? null : []);
  for (const [to, from] of places.entries()) copyRun(loose, from, sorted, to, 1);
  return sorted;
}

function flagsOf(ticket: Ticket): number {
  return (
    (ticket.critical === null ? 0 : ticketFlags.critical) |
    (ticket.reactionStartedAt === null ? 0 : ticketFlags.waits) |
    (ticket.status === 'waiting' ? ticketFlags.waiting : 0) |
    (ticket.status === 'closed' ? ticketFlags.closed : 0) |
    (ticket.escalation === null ? 0 : ticketFlags.escalated) |
    (ticket.channel === 'phone' ? ticketFlags.phone : 0) |
    (ticket.channel === 'internal' ? ticketFlags.internal : 0) |
    (isAnswerLost(ticket) ? ticketFlags.answerLost : 0)
  );
}

/** Names and where they stand. */
class NamePlaces<Name> {
  readonly names: Name[];
  readonly #places: Map<Name, number>;

  constructor(names: readonly Name[]) {
    this.names = [...names];
    this.#places = new Map(names.map((name, index) => [name, index + 1]));
  }

  /** The place of a name, counted from 1; it is added when it is new. 0 for null. */
  of(name: Name | null): number {
    if (name === null) return 0;
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const place = this.names.push(name);
    this.#places.set(name, place);
    return place;
  }
}

/** The order of `compareInQueue`. */
function comparePlaces(a: QueueColumns, i: number, b: QueueColumns, j: number): number {
  const ranks = rank(b.flags[j] ?? 0) - rank(a.flags[i] ?? 0);
  if (ranks !== 0) return ranks;
  const start = (a.startedAt[i] ?? 0) - (b.startedAt[j] ?? 0);
  if (start !== 0) return start;
  for (let word = 0; word < idWords; word++) {
    const difference = (a.ids[i * idWords + word] ?? 0) - (b.ids[j * idWords + word] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function rank(flags: number): number {
  return (flags & ticketFlags.critical ? 2 : 0) + (flags & ticketFlags.waits ? 1 : 0);
}

/** Copies `length` tickets from place `i` on to place `j` on. */
function copyRun(from: QueueColumns, i: number, to: QueueColumns, j: number, length: number): void {
  for (const [name, width] of numberColumns) {
    if (length === 1 && width === 1) to[name][j] = from[name][i] ?? 0;
    else to[name].set(from[name].subarray(i * width, (i + length) * width), j * width);
  }
  if (from.texts === null || to.texts === null) return;
  // Only columns that are being made are copied to.
  const texts = to.texts as string[];
  for (let index = 0; index < length; index++) texts[j + index] = from.texts[i + index] ?? '';
}
