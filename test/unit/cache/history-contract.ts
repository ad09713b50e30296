import type { PendingOperation } from '#shared/bridge/pending.ts';
import type { TicketView } from '#renderer/cache/cache-client.ts';
import type { Behaviour } from './cache-contract.ts';
import { CacheDesk, newProfile, wholeQueue } from './cache-desk.ts';
import { demandEqual } from './demand.ts';
import {
  activityChange,
  mondayMorning,
  sampleCall,
  sampleClaim,
  sampleNote,
  sampleTicket,
  sampleTicketId,
  ticketChange,
} from './samples.ts';

function sendOperation(desk: CacheDesk, operation: PendingOperation): void {
  desk.streams.pending.send({ type: 'change', change: { kind: 'operation', operation } });
}

/** The history as the moments of its lines in minutes, pending ones with a question mark. */
function lines(view: TicketView | null): string {
  const minutes = (madeAt: number) => String((madeAt - mondayMorning) / 60_000);
  const all = view?.activities.map(
    ({ activity, pending }) => `${minutes(activity.operation.madeAt)}${pending ? '?' : ''}`,
  );
  return all?.join(' ') ?? 'none';
}

export const historyContract: readonly Behaviour[] = [
  {
    behaviour: 'shows a ticket’s own history in order, also when it is opened again',
    check: async () => {
      const profile = newProfile();
      const desk = new CacheDesk();
      await desk.client.open(profile);
      desk.sendChanges(
        ticketChange(1, sampleTicket(0)),
        activityChange(2, sampleNote(7, 0)),
        activityChange(3, sampleNote(8, 1)),
        activityChange(4, sampleNote(3, 0)),
      );
      await desk.ticket(0, (view) => lines(view) === '3 7');
      // A line comes alone when it leaves its ticket as it was.
      desk.sendChanges(activityChange(5, sampleNote(5, 0)));
      await desk.ticket(0, (view) => lines(view) === '3 5 7');
      await desk.close();

      const after = new CacheDesk();
      await after.client.open(profile);
      await after.ticket(0, (view) => lines(view) === '3 5 7');
      await after.close();
    },
  },
  {
    behaviour:
      'shows what is pending as history, once, and leaves out what was rejected and what is a letter',
    check: async () => {
      const desk = new CacheDesk();
      await desk.client.open(newProfile());
      desk.sendChanges(ticketChange(1, sampleTicket(0)), activityChange(2, sampleNote(1, 0)));
      sendOperation(desk, sampleNote(4, 0));
      await desk.ticket(0, (view) => lines(view) === '1 4?' && view?.ticket.noteCount === 1);
      sendOperation(desk, sampleNote(4, 0, { kind: 'confirmed', version: 9 }));
      desk.sendChanges(activityChange(3, sampleNote(4, 0)));
      await desk.ticket(0, (view) => lines(view) === '1 4');
      sendOperation(desk, sampleClaim(0, { kind: 'rejected', rejection: { kind: 'closed' } }));
      const view = await desk.ticket(0, (seen) => seen?.pendingOperations.length === 2);
      demandEqual(lines(view), '1 4');
      await desk.close();
    },
  },
  {
    behaviour: 'shows a ticket that a pending operation opens wherever tickets are shown',
    check: async () => {
      const desk = new CacheDesk();
      await desk.client.open(newProfile());
      desk.sendChanges(ticketChange(1, sampleTicket(0)), ticketChange(2, sampleTicket(9)));
      sendOperation(desk, sampleCall(5, { kind: 'waiting' }));
      const queue = await desk.queue('to-answer', ({ total }) => total === 3);
      const row = queue.rows[1];
      demandEqual(
        [row?.ticket.id, row?.ticket.number, row?.version, row?.pending],
        [sampleTicketId(5), 0, 0, true],
      );
      demandEqual(await desk.client.neighbours(sampleTicketId(5), wholeQueue), {
        previous: sampleTicketId(0),
        next: sampleTicketId(9),
        place: 1,
        total: 3,
      });
      sendOperation(desk, sampleNote(6, 5));
      await desk.ticket(5, (view) => lines(view) === '5? 6?' && view?.version === 0);
      const found = { ...wholeQueue, filter: { ...wholeQueue.filter, text: 'міцкевич 29 123-45-67' } };
      await desk.queue(found, ({ total }) => total === 1);

      sendOperation(desk, sampleCall(5, { kind: 'confirmed', version: 6 }));
      const known = sampleTicket(5, { number: 77 });
      desk.sendChanges(ticketChange(6, known), activityChange(7, sampleCall(5, { kind: 'waiting' })));
      await desk.ticket(5, (view) => view?.ticket.number === 77 && lines(view) === '5 6?');
      await desk.close();
    },
  },
  {
    behaviour: 'shows no ticket whose opening was rejected',
    check: async () => {
      const desk = new CacheDesk();
      await desk.client.open(newProfile());
      desk.sendChanges(ticketChange(1, sampleTicket(0)));
      sendOperation(desk, sampleCall(5, { kind: 'rejected', rejection: { kind: 'text-required' } }));
      sendOperation(desk, sampleNote(6, 5));
      await desk.outbox(({ operations }) => operations.length === 2);
      await desk.queue('all', ({ total }) => total === 1);
      await desk.ticket(5, (view) => view === null);
      await desk.close();
    },
  },
];
