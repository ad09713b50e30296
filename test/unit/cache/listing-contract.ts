import type { PendingOperation } from '#shared/bridge/pending.ts';
import type { QueueView } from '#renderer/cache/cache-client.ts';
import { noFilter } from '#renderer/cache/queue-listing.ts';
import type { Behaviour } from './cache-contract.ts';
import { CacheDesk, newProfile, until, wholeQueue } from './cache-desk.ts';
import { demandEqual } from './demand.ts';
import {
  agentId,
  mondayMorning,
  regulationChange,
  sampleClaim,
  sampleRegulation,
  sampleTicket,
  sampleTicketId,
  ticketChange,
} from './samples.ts';

const hourMs = 3_600_000;
/** Three working days after Monday: Thursday, 5 March, 18:00 in Minsk. */
const deadlineAt = Date.UTC(2026, 2, 5, 15);

function numbers({ rows }: QueueView): number[] {
  return rows.map(({ ticket }) => ticket.number);
}

export const listingContract: readonly Behaviour[] = [
  {
    behaviour: 'moves tickets between sections when the clock does, with no change of data',
    check: async () => {
      const desk = new CacheDesk();
      await desk.client.open(newProfile());
      const snooze = { until: mondayMorning + hourMs, agentId };
      const holder = { agentId, until: mondayMorning + 2 * hourMs };
      desk.sendChanges(
        ticketChange(1, sampleTicket(0, { snooze })),
        ticketChange(2, sampleTicket(1, { holder })),
      );
      let counts: QueueView['counts'] | null = null;
      desk.client.watchQueue({ ...wholeQueue, first: 0, count: 10 }, (view) => {
        ({ counts } = view);
      });
      const seen = async (section: keyof QueueView['counts'], count: number) =>
        until(() => counts?.[section] === count);
      await Promise.all([seen('snoozed', 1), seen('to-answer', 1), seen('mine', 1)]);
      desk.moveTo(mondayMorning + hourMs);
      await Promise.all([seen('snoozed', 0), seen('to-answer', 2)]);
      desk.moveTo(mondayMorning + 2 * hourMs);
      await seen('mine', 0);
      // Midnight, three times; the last one begins the day of the deadline.
      for (let midnight = Date.UTC(2026, 2, 2, 21); midnight < deadlineAt; midnight += 24 * hourMs) {
        await seen('due-today', 0);
        desk.moveTo(midnight);
        await until(() => desk.nextAlarm > midnight);
      }
      await seen('due-today', 2);
      desk.moveTo(deadlineAt + 1);
      await Promise.all([seen('due-today', 0), seen('overdue', 2)]);
      await desk.close();
    },
  },
  {
    behaviour: 'judges by a new regulation at once in every window, also after it is opened again',
    check: async () => {
      const profile = newProfile();
      const desk = new CacheDesk();
      await desk.client.open(profile);
      desk.now = Date.UTC(2026, 2, 4, 7);
      desk.sendChanges(ticketChange(1, sampleTicket(0)));
      const windows = [desk.client, desk.connect()];
      const views: (QueueView | null)[] = windows.map(() => null);
      for (const [index, window] of windows.entries()) {
        window.watchQueue({ ...wholeQueue, first: 0, count: 10 }, (view) => {
          views[index] = view;
        });
      }
      const due = async (at: number, overdue: number) =>
        until(() =>
          views.every((view) => view?.rows[0]?.deadlineAt === at && view.counts.overdue === overdue),
        );
      await due(deadlineAt, 0);
      // One working day after Monday: Tuesday, 18:00.
      desk.sendChanges(regulationChange(2, sampleRegulation(1, 1)));
      await due(Date.UTC(2026, 2, 3, 15), 1);
      desk.sendChanges(regulationChange(3, sampleRegulation(2, 2)));
      await due(Date.UTC(2026, 2, 4, 15), 0);
      await desk.close();

      const after = new CacheDesk();
      after.now = desk.now;
      await after.client.open(profile);
      await after.queue('due-today', ({ total }) => total === 1);
      const revisions: number[][] = [];
      after.client.watchDirectory(({ regulations }) =>
        revisions.push(regulations.map(({ revision }) => revision)),
      );
      await until(() => revisions.length > 0);
      demandEqual(revisions.at(-1), [1, 2]);
      // A restored backup knows none of them.
      after.streams.changes.send({ type: 'reset', epoch: 'e2' });
      const restored = [ticketChange(1, sampleTicket(0))];
      after.streams.changes.send({ type: 'changes', epoch: 'e2', next: 1, changes: restored });
      await after.queue('all', ({ rows }) => rows[0]?.deadlineAt === deadlineAt);
      await until(() => revisions.at(-1)?.length === 0);
      await after.close();
    },
  },
  {
    behaviour: 'says whose turn it is, and who is overtaken by another pick',
    check: async () => {
      const desk = new CacheDesk();
      await desk.client.open(newProfile());
      demandEqual(await desk.client.next(), null);
      await desk.queue('all', ({ hasNext }) => !hasNext);
      desk.sendChanges(...[0, 1, 2].map((number) => ticketChange(number + 1, sampleTicket(number))));
      await desk.queue('all', ({ total, hasNext }) => total === 3 && hasNext);
      demandEqual(await desk.client.next(), sampleTicketId(0));
      demandEqual(await desk.client.ahead(sampleTicketId(2)), {
        ticketIds: [sampleTicketId(0), sampleTicketId(1)],
        count: 2,
      });
      // What an agent does counts at once.
      desk.streams.pending.send({
        type: 'snapshot',
        changes: [{ kind: 'operation', operation: sampleClaim(0, { kind: 'waiting' }) }],
      });
      await desk.queue('mine', ({ total }) => total === 1);
      demandEqual(await desk.client.next(), sampleTicketId(1));
      demandEqual(await desk.client.ahead(sampleTicketId(1)), null);
      demandEqual(await desk.client.ahead(sampleTicketId(2), true), {
        ticketIds: [sampleTicketId(1)],
        count: 1,
      });
      await desk.close();
    },
  },
  {
    behaviour: 'keeps the API’s time where this computer’s clock is wrong',
    check: async () => {
      const desk = new CacheDesk();
      await desk.client.open(newProfile());
      desk.sendChanges(ticketChange(1, sampleTicket(0)));
      await desk.queue('overdue', ({ total, counts }) => total === 0 && counts.all === 1);
      await desk.client.correctClock(deadlineAt - mondayMorning);
      await desk.queue('due-today', ({ total }) => total === 1);
      await desk.client.correctClock(deadlineAt - mondayMorning + 1);
      await desk.queue('overdue', ({ total }) => total === 1);
      await desk.client.correctClock(0);
      await desk.queue('overdue', ({ total }) => total === 0);
      await desk.close();
    },
  },
  {
    behaviour: 'finds tickets by their words, everywhere, after it is opened again and after changes',
    check: async () => {
      const profile = newProfile();
      const before = new CacheDesk();
      await before.client.open(profile);
      // Enough of them for a snapshot of the queue to be stored with its texts.
      const many = Array.from({ length: 5200 }, (_, number) =>
        ticketChange(number + 1, sampleTicket(number, { subject: `Школа ${number}` })),
      );
      for (let first = 0; first < many.length; first += 400)
        before.sendChanges(...many.slice(first, first + 400));
      await before.queue('all', ({ total }) => total === many.length);
      before.streams.changes.send({ type: 'caught-up' });
      const late = [3, 4000].map((number) => sampleTicket(number, { subject: 'Сломался принтер' }));
      before.sendChanges(...late.map((ticket, index) => ticketChange(9000 + index, ticket)));
      await before.queue('all', ({ rows }) => rows[3]?.version === 9000);
      await before.close();

      const desk = new CacheDesk();
      await desk.client.open(profile);
      const search = async (text: string) =>
        numbers(await desk.queue({ section: 'everywhere', filter: { ...noFilter, text } }, () => true));
      demandEqual(await search('ПРИНТЕР'), [4, 4001]);
      demandEqual(await search('школа 4001'), [4002]);
      demandEqual(await search('школа 5017'), [5017, 5018]);
      demandEqual(await search('#18'), [18]);
      const closed = { status: 'closed', reactionStartedAt: null, subject: 'Ключ от шкафа' } as const;
      desk.sendChanges(ticketChange(9100, sampleTicket(17, closed)));
      await desk.queue('closed', ({ total }) => total === 1);
      demandEqual(await search('шкаф ключ'), [18]);
      demandEqual((await search('школа 18')).includes(18), false);
      await desk.close();
    },
  },
  {
    behaviour: 'filters by a tag, finds by it and tells which are in use, with what is pending',
    check: async () => {
      const profile = newProfile();
      const before = new CacheDesk();
      await before.client.open(profile);
      demandEqual(await before.client.tags(), []);
      const tagged = [['сайт'], ['архив', 'сайт'], [], ['почта']];
      before.sendChanges(
        ...tagged.map((tags, number) => ticketChange(number + 1, sampleTicket(number, { tags }))),
      );
      await before.queue('all', ({ total }) => total === 4);
      await before.close();

      const desk = new CacheDesk();
      await desk.client.open(profile);
      const byTag = (tag: string) => ({ section: 'all', filter: { ...noFilter, tag } }) as const;
      demandEqual(numbers(await desk.queue(byTag('сайт'), ({ total }) => total === 2)), [1, 2]);
      desk.sendChanges(ticketChange(5, sampleTicket(3, { tags: [] })));
      await desk.queue(byTag('почта'), ({ total }) => total === 0);
      demandEqual(await desk.client.tags(), ['архив', 'сайт']);
      const operation: PendingOperation = {
        operation: {
          id: sampleClaim(2, { kind: 'waiting' }).operation.id,
          ticketId: sampleTicketId(2),
          madeAt: mondayMorning,
          kind: 'tag-ticket',
          add: ['Принтер'],
          remove: [],
        },
        author: { agentId, role: 'agent' },
        state: { kind: 'waiting' },
      };
      desk.streams.pending.send({ type: 'snapshot', changes: [{ kind: 'operation', operation }] });
      demandEqual(numbers(await desk.queue(byTag('принтер'), ({ total }) => total === 1)), [3]);
      demandEqual(await desk.client.tags(), ['архив', 'принтер', 'сайт']);
      const text = { ...noFilter, text: 'принт' };
      demandEqual(numbers(await desk.queue({ section: 'everywhere', filter: text }, () => true)), [3]);
      await desk.close();
    },
  },
  {
    behaviour: 'orders and filters a section, and finds its way to the neighbours',
    check: async () => {
      const desk = new CacheDesk();
      await desk.client.open(newProfile());
      const names = ['Яна', 'алесь', 'Ёлкин', ''];
      desk.sendChanges(
        ...names.map((name, number) => {
          const client = { name, address: 'a@b.example', phone: '' };
          const category = number % 2 === 0 ? 'disk-quota' : null;
          return ticketChange(number + 1, sampleTicket(number, { client, category }));
        }),
      );
      const byClient = { section: 'all', order: 'client', filter: noFilter } as const;
      const sorted = await desk.queue(byClient, ({ total }) => total === 4);
      demandEqual(numbers(sorted), [2, 3, 1, 4]);
      demandEqual(await desk.client.neighbours(sampleTicketId(2), byClient), {
        previous: sampleTicketId(1),
        next: sampleTicketId(0),
        place: 1,
        total: 4,
      });
      const filtered = { ...byClient, filter: { ...noFilter, category: 'disk-quota' } };
      demandEqual(numbers(await desk.queue(filtered, ({ total }) => total === 2)), [3, 1]);
      demandEqual(await desk.client.neighbours(sampleTicketId(1), filtered), {
        previous: null,
        next: sampleTicketId(2),
        place: null,
        total: 2,
      });
      await desk.close();
    },
  },
];
