import type { AgentId, TicketId } from '#shared/ids.ts';
import type { QueueSection } from '#shared/protocol/queue.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';

/** Words of an id in {@link QueueColumns.ids}. */
export const idWords = 4;

/** Bits of {@link QueueColumns.flags}; the status stands above them. */
export const criticalFlag = 1;
export const waitsFlag = 2;
export const statusShift = 2;

const statuses = ['open', 'waiting', 'closed'] as const satisfies readonly Ticket['status'][];

/**
 * All tickets in the queue's order, as columns: what order and sections need, 25 bytes a ticket.
 *
 * Never changed in place: {@link mergeColumns} makes the next state.
 */
export interface QueueColumns {
  readonly size: number;
  /** Start of the open reaction period, else the receipt. */
  readonly startedAt: Float64Array<ArrayBuffer>;
  /** UUIDs as four big-endian words each, so that they compare like their text. */
  readonly ids: Uint32Array<ArrayBuffer>;
  readonly flags: Uint8Array<ArrayBuffer>;
  /** Claimed tickets are few. */
  readonly holders: ReadonlyMap<TicketId, Holder>;
}

export interface Holder {
  readonly agentId: AgentId;
  readonly until: number;
}

/** A ticket's new state, null when it is gone. */
export interface TicketChange {
  readonly id: TicketId;
  readonly ticket: Ticket | null;
}

export function emptyColumns(): QueueColumns {
  return columnsFor(0, new Map());
}

export function columnsFor(size: number, holders: ReadonlyMap<TicketId, Holder>): QueueColumns {
  return {
    size,
    startedAt: new Float64Array(size),
    ids: new Uint32Array(size * idWords),
    flags: new Uint8Array(size),
    holders,
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

/** What the desk's agent sees in a section at a moment. */
export interface SectionView {
  readonly section: QueueSection;
  readonly agentId: AgentId;
  readonly now: number;
}

/** Whether the ticket at a place belongs to a section. Closed tickets are in `closed` only. */
export function isInSection(columns: QueueColumns, index: number, view: SectionView): boolean {
  const flags = columns.flags[index] ?? 0;
  const status = statuses[flags >> statusShift];
  if (view.section === 'closed') return status === 'closed';
  if (status === 'closed') return false;
  switch (view.section) {
    case 'all':
      return true;
    case 'to-answer':
      return (flags & waitsFlag) !== 0;
    case 'critical':
      return (flags & criticalFlag) !== 0;
    case 'waiting':
      return status === 'waiting';
    case 'mine': {
      const holder = columns.holders.size === 0 ? undefined : columns.holders.get(idAt(columns, index));
      return holder?.agentId === view.agentId && holder.until > view.now;
    }
  }
}

/**
 * The columns with these tickets' new states. Linear in the queue's length; of several changes of one ticket the last
 * counts.
 */
export function mergeColumns(old: QueueColumns, changes: readonly TicketChange[]): QueueColumns {
  if (changes.length === 0) return old;
  const newest = new Map(changes.map((change) => [change.id, change]));
  const holders = new Map(old.holders);
  for (const { id, ticket } of newest.values()) {
    const holder = ticket?.holder ?? null;
    if (holder === null) holders.delete(id);
    else holders.set(id, holder);
  }
  const added = sortedColumns(
    [...newest.values()].flatMap(({ ticket }) => (ticket === null ? [] : [ticket])),
  );
  const kept = keptPlaces(old, newest);
  const merged = columnsFor(kept.length + added.size, holders);
  let next = 0;
  for (let place = 0; place < merged.size; place++) {
    const from = kept[place - next] ?? -1;
    if (next < added.size && (from === -1 || comparePlaces(added, next, old, from) < 0)) {
      copyPlace(added, next++, merged, place);
    } else {
      copyPlace(old, from, merged, place);
    }
  }
  return merged;
}

/** The places of tickets that did not change. */
function keptPlaces(old: QueueColumns, changed: ReadonlyMap<TicketId, unknown>): Uint32Array {
  // The last word of a UUIDv7 is random: it tells nearly all unchanged tickets without making their text.
  const lastWords = new Set(Array.from(changed.keys(), (id) => Number.parseInt(id.slice(-8), 16)));
  const kept = new Uint32Array(old.size);
  let count = 0;
  for (let index = 0; index < old.size; index++) {
    const lastWord = old.ids[index * idWords + idWords - 1] ?? 0;
    if (!lastWords.has(lastWord) || !changed.has(idAt(old, index))) kept[count++] = index;
  }
  return kept.subarray(0, count);
}

function sortedColumns(tickets: readonly Ticket[]): QueueColumns {
  const loose = columnsFor(tickets.length, new Map());
  for (const [index, ticket] of tickets.entries()) {
    const hex = ticket.id.replaceAll('-', '');
    for (let word = 0; word < idWords; word++) {
      loose.ids[index * idWords + word] = Number.parseInt(hex.slice(8 * word, 8 * word + 8), 16);
    }
    loose.startedAt[index] = ticket.reactionStartedAt ?? ticket.receivedAt;
    loose.flags[index] =
      (ticket.critical === null ? 0 : criticalFlag) |
      (ticket.reactionStartedAt === null ? 0 : waitsFlag) |
      (statuses.indexOf(ticket.status) << statusShift);
  }
  const places = Uint32Array.from(tickets, (_, index) => index);
  places.sort((a, b) => comparePlaces(loose, a, loose, b));
  const sorted = columnsFor(tickets.length, new Map());
  for (const [to, from] of places.entries()) copyPlace(loose, from, sorted, to);
  return sorted;
}

/** The order of `compareInQueue`. */
function comparePlaces(a: QueueColumns, i: number, b: QueueColumns, j: number): number {
  const flags = criticalFlag | waitsFlag;
  const left = (a.flags[i] ?? 0) & flags;
  const right = (b.flags[j] ?? 0) & flags;
  if (left !== right) return rank(right) - rank(left);
  const start = (a.startedAt[i] ?? 0) - (b.startedAt[j] ?? 0);
  if (start !== 0) return start;
  for (let word = 0; word < idWords; word++) {
    const difference = (a.ids[i * idWords + word] ?? 0) - (b.ids[j * idWords + word] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function rank(flags: number): number {
  return (flags & criticalFlag ? 2 : 0) + (flags & waitsFlag ? 1 : 0);
}

function copyPlace(from: QueueColumns, i: number, to: QueueColumns, j: number): void {
  for (let word = 0; word < idWords; word++) {
    to.ids[j * idWords + word] = from.ids[i * idWords + word] ?? 0;
  }
  to.startedAt[j] = from.startedAt[i] ?? 0;
  to.flags[j] = from.flags[i] ?? 0;
}
