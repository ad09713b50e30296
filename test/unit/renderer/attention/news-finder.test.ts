import { beforeEach, describe, expect, test } from 'vitest';
import type { AgentId, LetterId, TicketId } from '#shared/ids.ts';
import type { DueState } from '#shared/sla/due-state.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { NewsFinder, type WatchedList } from '#renderer/attention/news-finder.ts';
import type { QueueRow } from '#renderer/cache/cache-views.ts';
import { receivedAt, ticket } from '#test/unit/renderer/sample-ticket.ts';

const me = '01900000-0000-7000-8000-00000000000a' as AgentId;
const colleague = '01900000-0000-7000-8000-00000000000b' as AgentId;
const limit = 3;

function row(n: number, changes: Partial<Ticket> = {}, pending = false): QueueRow {
  const id = `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}` as TicketId;
  const at = receivedAt + n * 1000;
  const times = { receivedAt: at, lastLetterAt: at, lastClientLetterAt: at };
  return {
    ticket: ticket({ id, number: n, ...times, ...changes }),
    version: 1,
    pending,
    deadlineAt: at + 1_000_000,
    targetAt: at + 1_000_000,
  };
}

/** A ticket whose client wrote once more, a while later. */
const wroteAgain = (n: number, changes: Partial<Ticket> = {}): QueueRow =>
  row(n, {
    letterCount: 2,
    lastLetterAt: receivedAt + 50_000,
    lastClientLetterAt: receivedAt + 50_000,
    ...changes,
  });
const critical = (agentId: AgentId) => ({ reason: 'Сайт лежит', at: receivedAt, agentId });
const answeredBy = (agentId: AgentId): Ticket['events'] => [
  { kind: 'client-contact', at: receivedAt, letterId: null as LetterId | null },
  { kind: 'answer', at: receivedAt + 1, answerKind: 'solution', human: true, messageId: '<a@b>', agentId },
];

let finder: NewsFinder;
let due: (row: QueueRow) => DueState | null;

beforeEach(() => {
  finder = new NewsFinder();
  due = () => 'ok';
});

function look(list: WatchedList, ...rows: QueueRow[]): string[] {
  return finder
    .look(list, rows, limit, { agentId: me, now: receivedAt, dueState: (each) => due(each) })
    .map(({ number, why }) => `${number} ${why}`);
}

test('the first look at a list tells nothing, nor does the first after a reset', () => {
  expect(look('letters', row(1), row(2))).toEqual([]);
  finder.reset();
  expect(look('letters', row(3))).toEqual([]);
  expect(look('letters', row(3))).toEqual([]);
});

test('names client and subject, the address where there is no name', () => {
  look('letters');
  const client = { name: '', address: 'irina@school.example', phone: '' };
  const news = finder.look('letters', [row(4, { client })], limit, {
    agentId: me,
    now: receivedAt,
    dueState: due,
  });
  expect(news).toEqual([
    {
      ticketId: row(4).ticket.id,
      number: 4,
      client: 'irina@school.example',
      subject: ticket().subject,
      why: 'new',
    },
  ]);
});

describe('letters', () => {
  test('a ticket that was not there is new, however many letters it came with', () => {
    look('letters', row(1));
    expect(look('letters', wroteAgain(3), row(2), row(1))).toEqual(['3 new', '2 new']);
  });

  test('a further letter is told to whoever the ticket belongs to', () => {
    const until = receivedAt + 1;
    const cases: [Partial<Ticket>, string[]][] = [
      [{ assigneeId: me }, ['1 client-wrote']],
      [{ holder: { agentId: me, until } }, ['1 client-wrote']],
      [{ events: answeredBy(me) }, ['1 client-wrote']],
      [{ events: answeredBy(colleague) }, []],
      [{ events: answeredBy(me), assigneeId: colleague }, []],
      [{ events: answeredBy(me), holder: { agentId: colleague, until } }, []],
      [{}, []],
    ];
    for (const [changes, told] of cases) {
      finder.reset();
      look('letters', row(1, changes));
      expect([changes, look('letters', wroteAgain(1, changes))]).toEqual([changes, told]);
      expect(look('letters', wroteAgain(1, changes))).toEqual([]);
    }
  });

  test('an answer is no news, whoever gave it', () => {
    look('letters', row(1, { assigneeId: me }));
    const answered = row(1, { assigneeId: me, letterCount: 2, lastLetterAt: receivedAt + 90_000 });
    expect(look('letters', answered)).toEqual([]);
    expect(look('letters', row(9, { lastLetterAt: receivedAt + 90_000 }))).toEqual([]);
  });

  test('what slides up from below the watched part is no news', () => {
    look('letters', row(9), row(8), row(7));
    expect(look('letters', row(9), row(8), row(1))).toEqual([]);
    // An old ticket whose client writes now was never watched, and yet it is news.
    expect(look('letters', wroteAgain(0, { assigneeId: me }), row(9), row(8))).toEqual(['0 client-wrote']);
  });
});

describe('answers that did not arrive', () => {
  const lost = (agentId: AgentId): Ticket['events'] => [
    ...answeredBy(agentId),
    {
      kind: 'bounce',
      at: receivedAt + 2,
      letterId: `1:${'0'.repeat(64)}` as LetterId,
      messageId: '<a@b>',
      recipients: [{ address: 'irina@school.example', status: '5.1.1', permanent: true }],
    },
  ];

  test('are told once, to whoever gave them', () => {
    look('answers', row(2));
    expect(look('answers', row(2), row(1, { events: lost(me) }))).toEqual(['1 not-delivered']);
    expect(look('answers', row(2), row(1, { events: lost(me) }))).toEqual([]);
    expect(
      look('answers', row(3, { events: lost(colleague) }), row(2), row(1, { events: lost(me) })),
    ).toEqual([]);
  });

  test('are told of a ticket that was to be answered already', () => {
    look('answers', row(1, { events: answeredBy(me) }));
    expect(look('answers', row(1, { events: lost(me) }))).toEqual(['1 not-delivered']);
  });

  test('are no news when they slide up from below the watched part', () => {
    look('answers', row(9), row(8), row(7));
    expect(look('answers', row(9), row(8), row(1, { events: lost(me) }))).toEqual([]);
  });
});

describe('deadlines', () => {
  test('are told when they come near and when they pass, once each', () => {
    look('deadlines', row(1));
    due = () => 'at-risk';
    expect(look('deadlines', row(1))).toEqual(['1 at-risk']);
    expect(look('deadlines', row(1))).toEqual([]);
    due = () => 'overdue';
    expect(look('deadlines', row(1))).toEqual(['1 overdue']);
    due = () => 'at-risk';
    expect(look('deadlines', row(1))).toEqual([]);
  });

  test('are not told of tickets that are seen for the first time, or that a colleague has', () => {
    due = () => 'overdue';
    look('deadlines');
    expect(look('deadlines', row(1))).toEqual([]);
    finder.reset();
    due = () => 'ok';
    look('deadlines', row(1, { assigneeId: colleague }), row(2, { assigneeId: me }));
    due = () => 'overdue';
    expect(look('deadlines', row(1, { assigneeId: colleague }), row(2, { assigneeId: me }))).toEqual([
      '2 overdue',
    ]);
  });

  test('are told of again once a colleague’s claim has ended', () => {
    const held = (until: number) => row(1, { holder: { agentId: colleague, until } });
    look('deadlines', held(receivedAt + 1));
    due = () => 'at-risk';
    expect(look('deadlines', held(receivedAt + 1))).toEqual([]);
    due = () => 'overdue';
    expect(look('deadlines', held(receivedAt))).toEqual(['1 overdue']);
  });
});

describe('critical tickets', () => {
  test('are told when a colleague made them so', () => {
    look('critical');
    expect(look('critical', row(1, { critical: critical(colleague) }))).toEqual(['1 critical']);
    expect(
      look('critical', row(1, { critical: critical(colleague) }), row(2, { critical: critical(me) })),
    ).toEqual([]);
  });
});

describe('tickets of mine', () => {
  test('are told when a colleague gave them to me', () => {
    look('mine', row(1, { holder: { agentId: me, until: 1 } }));
    expect(look('mine', row(1, { assigneeId: me }), row(2, { assigneeId: me }))).toEqual([
      '1 assigned',
      '2 assigned',
    ]);
    expect(look('mine', row(1, { assigneeId: me }), row(2, { assigneeId: me }))).toEqual([]);
  });

  test('are not told when I took them: my operation shows up as pending first', () => {
    look('mine');
    expect(look('mine', row(1, { assigneeId: me }, true))).toEqual([]);
    expect(look('mine', row(1, { assigneeId: me }))).toEqual([]);
    expect(look('mine', row(1, { assigneeId: me }), row(2, { holder: { agentId: me, until: 1 } }))).toEqual(
      [],
    );
  });
});
