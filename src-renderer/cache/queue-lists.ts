import type { AgentId, TicketId } from '#shared/ids.ts';
import type { Rules } from '#shared/regulation/rule-book.ts';
import { computeDeadline } from '#shared/sla/deadline.ts';
import type { Neighbours } from './cache-views.ts';
import { dueThresholds } from './due-thresholds.ts';
import { orderPlaces } from './place-order.ts';
import { idAt, placeOf, ticketFlags, type QueueColumns } from './queue-columns.ts';
import type { QueueFilter, QueueListing } from './queue-listing.ts';
import { bitOf, sectionBits, type SectionBits } from './section-bits.ts';
import { TicketSearch } from './ticket-search.ts';

/** So many listings are remembered: windows show one each. */
const keptLists = 8;

/** What of the regulation decides when a reaction is due. */
export type DueRules = Pick<Rules, 'calendar' | 'deadline'>;

/**
 * The lists that windows show of the queue.
 *
 * Remembers what it worked out until the tickets or the regulation change, or a deadline, a claim, a snooze or the day ends.
 */
export class QueueLists {
  readonly #agentId: AgentId;
  readonly #rulesNow: () => DueRules;
  #columns: QueueColumns | null = null;
  #rules: DueRules | null = null;
  #madeAt = 0;
  #sections: SectionBits | null = null;
  readonly #places = new Map<string, Uint32Array>();

  /** `rules` answers what is in force; the same object as long as it is. */
  constructor(agentId: AgentId, rules: () => DueRules) {
    this.#agentId = agentId;
    this.#rulesNow = rules;
  }

  /** The first moment at which the clock alone may change a list; infinite before anything was asked. */
  get changesAt(): number {
    return this.#sections?.changesAt ?? Number.POSITIVE_INFINITY;
  }

  /** How many tickets the sections have, and until when that holds if no ticket changes. */
  sections(columns: QueueColumns, now: number): SectionBits {
    const known = this.#sections;
    const rules = this.#rulesNow();
    const isSame = columns === this.#columns && rules === this.#rules;
    const holds = isSame && now >= this.#madeAt && now < (known?.changesAt ?? 0);
    if (holds && known !== null) return known;
    this.#places.clear();
    this.#columns = columns;
    this.#rules = rules;
    this.#madeAt = now;
    this.#sections = sectionBits(columns, {
      agentId: this.#agentId,
      now,
      due: dueThresholds(now, rules.calendar, rules.deadline),
      deadlineOf: (start) => computeDeadline(start, rules.calendar, rules.deadline).deadlineAt,
    });
    return this.#sections;
  }

  /** The places of a listing's tickets in its order. Texts must be there if {@link needsTexts} says so. */
  places(columns: QueueColumns, listing: QueueListing, now: number): Uint32Array {
    const { bits } = this.sections(columns, now);
    const key = JSON.stringify([listing.section, listing.filter, listing.order]);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const places = orderPlaces(columns, passing(columns, bits, listing), listing.order);
    for (const oldest of [...this.#places.keys()].slice(0, 1 - keptLists)) this.#places.delete(oldest);
    this.#places.set(key, places);
    return places;
  }

  neighbours(columns: QueueColumns, ticketId: TicketId, listing: QueueListing, now: number): Neighbours {
    const places = this.places(columns, listing, now);
    const at = placeOf(columns, ticketId);
    const place = at === -1 ? -1 : places.indexOf(at);
    const idOf = (index: number) => {
      const found = places[index];
      return found === undefined ? null : idAt(columns, found);
    };
    return {
      previous: place === -1 ? null : idOf(place - 1),
      next: idOf(place + 1),
      place: place === -1 ? null : place,
      total: places.length,
    };
  }
}

/** Whether a listing can only be made with the tickets' texts at hand. */
export function needsTexts({ filter, order }: QueueListing): boolean {
  return filter.text.trim() !== '' || order === 'client';
}

function passing(columns: QueueColumns, bits: Uint16Array, { section, filter }: QueueListing): Uint32Array {
  const wantedBit = section === 'everywhere' ? bitOf('all') | bitOf('closed') : bitOf(section);
  const passes = filterOf(columns, filter);
  const places = new Uint32Array(columns.size);
  let count = 0;
  for (let place = 0; place < columns.size; place++) {
    if (((bits[place] ?? 0) & wantedBit) !== 0 && passes(place)) places[count++] = place;
  }
  return places.slice(0, count);
}

const channelFlags = { mail: 0, phone: ticketFlags.phone, internal: ticketFlags.internal } as const;
const anyChannel = channelFlags.phone | channelFlags.internal;

function filterOf(columns: QueueColumns, filter: QueueFilter): (place: number) => boolean {
  const { assignees, categories, flags } = columns;
  const conditions: ((place: number) => boolean)[] = [];
  if (filter.category !== null) {
    const category = columns.categoryIds.indexOf(filter.category) + 1;
    conditions.push((place) => category !== 0 && categories[place] === category);
  }
  if (filter.tag !== null) {
    const { tag } = filter;
    const sets = columns.tagSets.map((set) => set.split('\n').includes(tag));
    conditions.push((place) => sets[(columns.tagged[place] ?? 0) - 1] === true);
  }
  if (filter.assigneeId === 'nobody') conditions.push((place) => assignees[place] === 0);
  else if (filter.assigneeId !== null) {
    const assignee = columns.agents.indexOf(filter.assigneeId) + 1;
    conditions.push((place) => assignee !== 0 && assignees[place] === assignee);
  }
  if (filter.channel !== null) {
    const wanted = channelFlags[filter.channel];
    conditions.push((place) => ((flags[place] ?? 0) & anyChannel) === wanted);
  }
  const search = new TicketSearch(filter.text);
  if (!search.isEmpty) conditions.push((place) => search.finds(columns, place));
  return (place) => conditions.every((holds) => holds(place));
}
