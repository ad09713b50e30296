import { compareInQueue } from '#shared/ticket/queue-order.ts';
import type { Behaviour } from './cache-contract.ts';
import { CacheDesk, newProfile, until } from './cache-desk.ts';
import { demandEqual } from './demand.ts';
import {
  agentId,
  colleagueId,
  mondayMorning,
  sampleTicket,
  sampleTicketId,
  ticketChange,
} from './samples.ts';

const hourMs = 3_600_000;

export const changesContract: readonly Behaviour[] = [
  {
    behaviour: 'shows tickets in queue order with their deadlines',
    check: async () => {
      const desk = new CacheDesk();
      await desk.client.open(newProfile());
      const critical = { reason: 'экзамен', at: mondayMorning, agentId };
      desk.sendChanges(
        ticketChange(1, sampleTicket(2)),
        ticketChange(2, sampleTicket(0)),
        ticketChange(3, sampleTicket(1, { critical })),
        ticketChange(4, sampleTicket(3, { status: 'waiting', reactionStartedAt: null })),
        ticketChange(5, sampleTicket(4, { status: 'closed', reactionStartedAt: null })),
      );
      const view = await desk.queue('all', ({ total }) => total === 4);
      demandEqual(
        view.rows.map(({ ticket }) => ticket.id),
        [1, 0, 2, 3].map(sampleTicketId),
      );
      // Three working days after Monday end on Thursday, 5 March, at 18:00 in Minsk.
      demandEqual(view.rows[0]?.deadlineAt, Date.UTC(2026, 2, 5, 15));
      demandEqual(view.rows[3]?.deadlineAt, null);
      demandEqual(view.counts, {
        'to-answer': 3,
        overdue: 0,
        'due-today': 0,
        critical: 1,
        mine: 0,
        waiting: 1,
        developers: 0,
        snoozed: 0,
        all: 4,
        closed: 1,
      });
      const range = await desk.queue('all', ({ rows }) => rows.length > 0, { first: 1, count: 2 });
      demandEqual(
        range.rows.map(({ ticket }) => ticket.id),
        [0, 2].map(sampleTicketId),
      );
      await desk.close();
    },
  },
  {
    behaviour: 'shows claims that last under mine, and only one’s own',
    check: async () => {
      const desk = new CacheDesk();
      await desk.client.open(newProfile());
      const until = mondayMorning + hourMs;
      desk.sendChanges(
        ticketChange(1, sampleTicket(0, { holder: { agentId, until } })),
        ticketChange(2, sampleTicket(1, { holder: { agentId: colleagueId, until } })),
        ticketChange(3, sampleTicket(2)),
      );
      const view = await desk.queue('mine', ({ total }) => total === 1);
      demandEqual(view.rows[0]?.ticket.id, sampleTicketId(0));
      desk.now = until;
      await desk.queue('mine', ({ total }) => total === 0);
      await desk.close();
    },
  },
  {
    behaviour: 'goes on after the last stored change when it is opened again',
    check: async () => {
      const profile = newProfile();
      const before = new CacheDesk();
      await before.client.open(profile);
      before.sendChanges(ticketChange(7, sampleTicket(0)), ticketChange(9, sampleTicket(1)));
      await before.queue('all', ({ total }) => total === 2);
      await before.close();

      const after = new CacheDesk();
      await after.client.open(profile);
      await after.queue('all', ({ total, rows }) => total === 2 && rows[1]?.version === 9);
      demandEqual(after.streams.changes.requests, [{ epoch: 'e1', after: 9 }]);
      await after.close();
    },
  },
  {
    behaviour: 'asks on from where a broken stream ended and does not mind seeing frames again',
    check: async () => {
      const desk = new CacheDesk();
      await desk.client.open(newProfile());
      const first = ticketChange(1, sampleTicket(0));
      desk.sendChanges(first);
      await desk.queue('all', ({ total }) => total === 1);
      desk.streams.changes.break();
      await until(() => desk.streams.changes.requests.length === 2);
      demandEqual(desk.streams.changes.requests.at(-1), { epoch: 'e1', after: 1 });
      const closed = sampleTicket(0, { status: 'closed', reactionStartedAt: null });
      desk.sendChanges(ticketChange(2, closed));
      desk.sendChanges(first);
      desk.sendChanges(first, ticketChange(3, sampleTicket(1)));
      const view = await desk.queue('all', ({ rows }) => rows[0]?.ticket.id === sampleTicketId(1));
      demandEqual([view.total, view.counts.closed], [1, 1]);
      await desk.close();
    },
  },
  {
    behaviour: 'forgets the base when the feed begins a new life',
    check: async () => {
      const profile = newProfile();
      const desk = new CacheDesk();
      await desk.client.open(profile);
      const agent = {
        id: agentId,
        login: 'a',
        name: 'Алесь',
        role: 'agent' as const,
        disabled: false,
        groupId: null,
      };
      desk.sendChanges(
        ...Array.from({ length: 300 }, (_, number) => ticketChange(number + 1, sampleTicket(number))),
        {
          entity: 'agent',
          id: agentId,
          version: 301,
          state: agent,
        },
      );
      await desk.queue('all', ({ total }) => total === 300);
      const changes = Array.from({ length: 100 }, (_, number) =>
        ticketChange(number + 1, sampleTicket(number + 5)),
      );
      desk.streams.changes.send(
        { type: 'reset', epoch: 'e2' },
        { type: 'changes', epoch: 'e2', next: 100, changes },
      );
      await desk.queue('all', ({ total, rows }) => total === 100 && rows[0]?.ticket.id === sampleTicketId(5));
      await desk.close();

      const after = new CacheDesk();
      await after.client.open(profile);
      await after.queue('all', ({ total }) => total === 100);
      demandEqual(after.streams.changes.requests, [{ epoch: 'e2', after: 100 }]);
      await after.close();
    },
  },
  {
    behaviour: 'takes a ticket with a tombstone off the queue',
    check: async () => {
      const desk = new CacheDesk();
      await desk.client.open(newProfile());
      desk.sendChanges(ticketChange(1, sampleTicket(0)), ticketChange(2, sampleTicket(1)));
      await desk.queue('all', ({ total }) => total === 2);
      desk.sendChanges({ entity: 'ticket', id: sampleTicketId(0), version: 3, state: null });
      await desk.queue('all', ({ total }) => total === 1);
      await desk.ticket(0, (view) => view === null);
      await desk.close();
    },
  },
  {
    behaviour: 'keeps thousands of tickets in order through changes and reopening',
    check: async () => {
      const profile = newProfile();
      const desk = new CacheDesk();
      await desk.client.open(profile);
      const tickets = Array.from({ length: 1500 }, (_, number) =>
        sampleTicket(number, number % 3 === 0 ? { status: 'waiting', reactionStartedAt: null } : {}),
      );
      for (let first = 0; first < tickets.length; first += 500) {
        desk.sendChanges(
          ...tickets
            .slice(first, first + 500)
            .map((ticket, index) => ticketChange(first + index + 1, ticket)),
        );
      }
      await desk.queue('all', ({ total }) => total === tickets.length);
      const changed = [3, 700, 1499, 12].map((number) =>
        sampleTicket(number, { critical: { reason: 'срочно', at: mondayMorning, agentId } }),
      );
      desk.sendChanges(...changed.map((ticket, index) => ticketChange(2000 + index, ticket)));
      await desk.queue('critical', ({ total }) => total === changed.length);
      await desk.close();

      const byId = new Map([...tickets, ...changed].map((ticket) => [ticket.id, ticket]));
      const wanted = [...byId.values()].sort(compareInQueue).map(({ id }) => id);
      const after = new CacheDesk();
      await after.client.open(profile);
      const range = { first: 0, count: 2000 };
      const view = await after.queue('all', ({ rows }) => rows.length === tickets.length, range);
      demandEqual(
        view.rows.map(({ ticket }) => ticket.id),
        wanted,
      );
      await after.close();
    },
  },
  {
    behaviour: 'tells of the directory',
    check: async () => {
      const desk = new CacheDesk();
      await desk.client.open(newProfile());
      const article = (number: number, title: string) => ({
        entity: 'article' as const,
        id: sampleTicketId(number) as string as never,
        version: number,
        state: {
          id: sampleTicketId(number) as string as never,
          title,
          url: 'https://kb.example/1',
          keywords: [],
        },
      });
      const listed: string[][] = [];
      const stop = desk.client.watchDirectory(({ articles }) =>
        listed.push(articles.map(({ title }) => title)),
      );
      desk.sendChanges(article(1, 'Печать расписания'), article(2, 'Вход в дневник'));
      await until(() => listed.at(-1)?.length === 2);
      demandEqual(listed.at(-1)?.toSorted(), ['Вход в дневник', 'Печать расписания']);
      stop();
      await desk.close();
    },
  },
];
