import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { defaultDeadlinePolicy, type DeadlinePolicy } from '#shared/regulation/deadline-policy.ts';
import { computeDeadline } from '#shared/sla/deadline.ts';
import { compareInQueue } from '#shared/ticket/queue-order.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { emptyColumns, idAt, mergeColumns } from '#renderer/cache/queue-columns.ts';
import { QueueLists } from '#renderer/cache/queue-lists.ts';
import {
  deskSections,
  noFilter,
  queueOrders,
  type DeskSection,
  type QueueListing,
  type QueueOrder,
} from '#renderer/cache/queue-listing.ts';
import { agentId, colleagueId, mondayMorning, sampleLetterId, sampleTicket } from './samples.ts';

const calendar = compileDefaultCalendar();
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const now = mondayMorning;

const policies: readonly DeadlinePolicy[] = [
  defaultDeadlinePolicy,
  { ...defaultDeadlinePolicy, mode: 'C', dayEnds: 'midnight' },
  { ...defaultDeadlinePolicy, mode: 'D', days: 1 },
];

function judgedBy(deadline: DeadlinePolicy) {
  const rules = { calendar, deadline };
  return () => rules;
}

/** Moments around those at which something changes: full hours of the two weeks before, and milliseconds beside them. */
const moment = fc
  .tuple(fc.integer({ min: -14 * 24, max: 48 }), fc.integer({ min: -1, max: 1 }))
  .map(([hours, ms]) => now + hours * hourMs + ms);

const later = fc.option(moment);
const person = fc.constantFrom(agentId, colleagueId);

const lostAnswer: Ticket['events'] = [
  { kind: 'answer', at: now, answerKind: 'solution', human: true, messageId: '<a@stp>', agentId },
  {
    kind: 'bounce',
    at: now,
    letterId: sampleLetterId(1),
    messageId: '<a@stp>',
    recipients: [{ address: 'a@school.example', status: '5.1.1', permanent: true }],
  },
];

const ticket: fc.Arbitrary<Ticket> = fc
  .record({
    number: fc.integer({ min: 0, max: 300 }),
    receivedAt: moment,
    waits: fc.boolean(),
    status: fc.constantFrom('open', 'waiting', 'closed'),
    isCritical: fc.boolean(),
    isEscalated: fc.boolean(),
    snoozedUntil: later,
    held: fc.option(fc.record({ agentId: person, until: moment })),
    assigneeId: fc.option(person),
    category: fc.option(fc.constantFrom('disk-quota', 'access')),
    tags: fc.subarray(['архив', 'почта', 'сайт']),
    channel: fc.constantFrom('mail', 'phone', 'internal'),
    isAnswerLost: fc.boolean(),
    lastLetterAt: moment,
    name: fc.constantFrom('', 'Яна Ёлкина', 'Алесь', 'Іна', 'анна'),
  })
  .map(
    ({ number, waits, status, isCritical, isEscalated, isAnswerLost, snoozedUntil, held, name, ...rest }) => {
      const { client, ...sample } = sampleTicket(number);
      return {
        ...sample,
        ...rest,
        status,
        client: { ...client, name },
        reactionStartedAt: waits && status !== 'closed' ? rest.receivedAt : null,
        critical: isCritical ? { reason: 'срочно', at: now, agentId } : null,
        escalation: isEscalated ? { reference: '', at: now, agentId } : null,
        snooze: snoozedUntil === null ? null : { until: snoozedUntil, agentId },
        holder: held,
        events: isAnswerLost ? [...sample.events, ...lostAnswer] : sample.events,
      };
    },
  );

const tickets = fc.uniqueArray(ticket, { selector: ({ id }) => id, maxLength: 60 });

/** The sections of one ticket, said as the brief of the desk says it. */
function sectionsOf(one: Ticket, at: number, policy: DeadlinePolicy): ReadonlySet<DeskSection> {
  if (one.status === 'closed') return new Set(['closed']);
  const time = calendar.workingTime(policy.shortDayMinutes);
  const start = one.reactionStartedAt;
  const deadlineAt = start === null ? null : computeDeadline(start, calendar, policy).deadlineAt;
  const isSnoozed = one.snooze !== null && one.snooze.until > at;
  const isOverdue = deadlineAt !== null && at > deadlineAt;
  // The last moment of a day that ends at midnight is the first of the next, and still in time.
  const dueDay = deadlineAt === null ? null : time.dayOf(Math.max(at, deadlineAt - 1));
  const isLost = one.events.some(({ kind }) => kind === 'bounce');
  const isMine = one.holder?.agentId === agentId && one.holder.until > at;
  const belongs: Readonly<Record<DeskSection, boolean>> = {
    'to-answer':
      (deadlineAt !== null || (one.status === 'open' && (one.escalation === null || isLost))) && !isSnoozed,
    overdue: isOverdue,
    'due-today': dueDay === time.dayOf(at) && !isOverdue,
    critical: one.critical !== null,
    mine: isMine || one.assigneeId === agentId,
    waiting: one.status === 'waiting' && one.escalation === null && !isSnoozed,
    developers: one.escalation !== null,
    snoozed: isSnoozed,
    all: true,
    closed: false,
  };
  return new Set(deskSections.filter((section) => belongs[section]));
}

function seconds(at: number): number {
  return Math.floor(at / 1000);
}

const folded: Readonly<Record<string, string>> = {
  'Яна Ёлкина': 'яна елкина',
  Алесь: 'алесь',
  Іна: 'ина',
  анна: 'анна',
};

const comparing: Readonly<Record<QueueOrder, (a: Ticket, b: Ticket) => number>> = {
  queue: () => 0,
  deadline: (a, b) => {
    const [left, right] = [a, b].map(({ reactionStartedAt }) =>
      reactionStartedAt === null ? Number.MAX_SAFE_INTEGER : seconds(reactionStartedAt),
    );
    return (left ?? 0) - (right ?? 0);
  },
  'received-newest': (a, b) => seconds(b.receivedAt) - seconds(a.receivedAt),
  'received-oldest': (a, b) => seconds(a.receivedAt) - seconds(b.receivedAt),
  'last-letter': (a, b) => seconds(b.lastLetterAt) - seconds(a.lastLetterAt),
  number: (a, b) => b.number - a.number,
  client: (a, b) => {
    const [left = '', right = ''] = [a, b].map(({ client }) => folded[client.name] ?? '\uffff');
    return Number(left > right) - Number(left < right);
  },
};

const listing: fc.Arbitrary<QueueListing> = fc.record({
  section: fc.constantFrom('everywhere', ...deskSections),
  order: fc.constantFrom(...queueOrders),
  filter: fc.record({
    text: fc.constant(''),
    category: fc.option(fc.constantFrom('disk-quota', 'access', 'unheard-of')),
    tag: fc.option(fc.constantFrom('архив', 'сайт', 'арх')),
    assigneeId: fc.option(fc.constantFrom('nobody' as const, agentId, colleagueId)),
    channel: fc.option(fc.constantFrom('mail', 'phone', 'internal')),
  }),
});

function naive(
  all: readonly Ticket[],
  { section, filter, order }: QueueListing,
  at: number,
  policy: DeadlinePolicy,
) {
  return all
    .filter((one) => section === 'everywhere' || sectionsOf(one, at, policy).has(section))
    .filter((one) => filter.category === null || one.category === filter.category)
    .filter((one) => filter.tag === null || one.tags.includes(filter.tag))
    .filter((one) => filter.assigneeId === null || (one.assigneeId ?? 'nobody') === filter.assigneeId)
    .filter((one) => filter.channel === null || one.channel === filter.channel)
    .toSorted(compareInQueue)
    .toSorted(comparing[order])
    .map(({ id }) => id);
}

function columnsOf(all: readonly Ticket[]) {
  return mergeColumns(
    emptyColumns(),
    all.map((one) => ({ id: one.id, ticket: one })),
  );
}

test('sections, filters and orders are those of each ticket looked at alone', () => {
  fc.assert(
    fc.property(
      tickets,
      fc.array(listing, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(...policies),
      moment,
      (all, wanted, policy, at) => {
        const lists = new QueueLists(agentId, judgedBy(policy));
        const columns = columnsOf(all);
        const { counts } = lists.sections(columns, at);
        for (const section of deskSections) {
          expect([section, counts[section]]).toEqual([
            section,
            all.filter((one) => sectionsOf(one, at, policy).has(section)).length,
          ]);
        }
        for (const one of wanted) {
          const ids = Array.from(lists.places(columns, one, at), (place) => idAt(columns, place));
          expect(ids).toEqual(naive(all, one, at, policy));
        }
      },
    ),
    { numRuns: 400 },
  );
});

test('what is remembered changes at its moment, and not before', () => {
  fc.assert(
    fc.property(tickets, moment, fc.constantFrom(...policies), (all, from, policy) => {
      const lists = new QueueLists(agentId, judgedBy(policy));
      const columns = columnsOf(all);
      let at = from;
      for (let step = 0; step < 12 && at < now + 4 * dayMs; step++) {
        const { counts, changesAt } = lists.sections(columns, at);
        expect(changesAt).toBeGreaterThan(at);
        const fresh = (moment: number) => new QueueLists(agentId, judgedBy(policy)).sections(columns, moment);
        expect(fresh(changesAt - 1).counts).toEqual(counts);
        expect([...fresh(changesAt - 1).bits]).toEqual([...fresh(at).bits]);
        expect([...lists.sections(columns, changesAt).bits]).toEqual([...fresh(changesAt).bits]);
        at = changesAt;
      }
    }),
    { numRuns: 60 },
  );
});

test('neighbours are the rows before and after', () => {
  fc.assert(
    fc.property(tickets, listing, (all, wanted) => {
      const lists = new QueueLists(agentId, judgedBy(defaultDeadlinePolicy));
      const columns = columnsOf(all);
      const ids = naive(all, wanted, now, defaultDeadlinePolicy);
      for (const { id } of all) {
        const place = ids.indexOf(id);
        expect(lists.neighbours(columns, id, wanted, now)).toEqual({
          previous: place < 1 ? null : ids[place - 1],
          next: ids[place + 1] ?? null,
          place: place === -1 ? null : place,
          total: ids.length,
        });
      }
    }),
  );
});

test('a filter that nothing passes leaves the counts of the sections alone', () => {
  const lists = new QueueLists(agentId, judgedBy(defaultDeadlinePolicy));
  const columns = columnsOf([sampleTicket(0), sampleTicket(1)]);
  const nothing: QueueListing = {
    section: 'all',
    filter: { ...noFilter, text: 'такого слова нет' },
    order: 'queue',
  };
  expect(lists.places(columns, nothing, now)).toHaveLength(0);
  expect(lists.sections(columns, now).counts.all).toBe(2);
});
