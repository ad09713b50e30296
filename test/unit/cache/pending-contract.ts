import type { PendingChange, PendingOperation } from '#shared/bridge/pending.ts';
import type { Behaviour } from './cache-contract.ts';
import { CacheDesk, newProfile } from './cache-desk.ts';
import { demandEqual } from './demand.ts';
import {
  agentId,
  colleagueId,
  mondayMorning,
  sampleClaim,
  sampleDraft,
  sampleNoteDraft,
  sampleTicket,
  sampleTicketId,
  ticketChange,
} from './samples.ts';

const until = mondayMorning + 480 * 60_000;

async function deskWithTwoTickets(): Promise<CacheDesk> {
  const desk = new CacheDesk();
  await desk.client.open(newProfile());
  desk.sendChanges(ticketChange(1, sampleTicket(0)), ticketChange(2, sampleTicket(1)));
  await desk.queue('all', ({ total }) => total === 2);
  return desk;
}

function sendOperation(desk: CacheDesk, operation: PendingOperation): void {
  desk.streams.pending.send({ type: 'change', change: { kind: 'operation', operation } });
}

export const pendingContract: readonly Behaviour[] = [
  {
    behaviour: 'shows a ticket as its pending operations will make it, until the base shows them',
    check: async () => {
      const desk = await deskWithTwoTickets();
      sendOperation(desk, sampleClaim(0, { kind: 'waiting' }));
      const waiting = await desk.queue('mine', ({ total }) => total === 1);
      demandEqual(waiting.rows[0]?.pending, true);
      demandEqual(waiting.rows[0]?.ticket.holder, { agentId, until });
      sendOperation(desk, sampleClaim(0, { kind: 'confirmed', version: 8 }));
      desk.sendChanges(ticketChange(5, sampleTicket(1, { number: 77 })));
      const confirmed = await desk.ticket(
        0,
        (view) => view?.pendingOperations[0]?.state.kind === 'confirmed',
      );
      demandEqual(confirmed?.ticket.holder, { agentId, until });
      desk.sendChanges(ticketChange(8, sampleTicket(0, { holder: { agentId, until } })));
      const shown = await desk.ticket(0, (view) => view?.pendingOperations.length === 0);
      demandEqual([shown?.version, shown?.ticket.holder], [8, { agentId, until }]);
      const row = await desk.queue('mine', ({ rows }) => rows[0]?.version === 8);
      demandEqual(row.rows[0]?.pending, false);
      await desk.close();
    },
  },
  {
    behaviour: 'ends a confirmed operation that left its ticket as it was once the feed is past it',
    check: async () => {
      const desk = await deskWithTwoTickets();
      sendOperation(desk, sampleClaim(0, { kind: 'confirmed', version: 9 }));
      await desk.ticket(0, (view) => view?.pendingOperations.length === 1);
      desk.streams.changes.send(
        { type: 'changes', epoch: 'e1', next: 9, changes: [] },
        { type: 'caught-up' },
      );
      await desk.ticket(0, (view) => view?.pendingOperations.length === 0);
      await desk.close();
    },
  },
  {
    behaviour: 'keeps a rejected operation visible and without effect until it is dropped',
    check: async () => {
      const desk = await deskWithTwoTickets();
      const rejection = { kind: 'held-by-other' as const, agentId: colleagueId, until };
      const claim = sampleClaim(0, { kind: 'rejected', rejection });
      sendOperation(desk, claim);
      const view = await desk.ticket(0, (seen) => seen?.pendingOperations.length === 1);
      demandEqual(view?.ticket.holder, null);
      demandEqual(view?.pendingOperations[0]?.state, { kind: 'rejected', rejection });
      demandEqual((await desk.queue('all', ({ total }) => total === 2)).rows[0]?.pending, false);
      desk.streams.pending.send({
        type: 'change',
        change: { kind: 'operation-removed', id: claim.operation.id },
      });
      await desk.ticket(0, (seen) => seen?.pendingOperations.length === 0);
      await desk.close();
    },
  },
  {
    behaviour: 'shows drafts as they are saved, and a snapshot replaces all that was pending',
    check: async () => {
      const desk = await deskWithTwoTickets();
      const draft = (text: string): PendingChange => ({ kind: 'draft', draft: sampleDraft(0, text) });
      desk.streams.pending.send({ type: 'snapshot', changes: [draft('Здр')] });
      await desk.ticket(0, (view) => view?.drafts[0]?.text === 'Здр');
      desk.streams.pending.send({ type: 'change', change: draft('Здравствуйте') });
      await desk.ticket(0, (view) => view?.drafts[0]?.text === 'Здравствуйте');
      sendOperation(desk, sampleClaim(1, { kind: 'waiting' }));
      const waiting = await desk.outbox(
        ({ drafts, operations }) => drafts.length === 1 && operations.length === 1,
      );
      demandEqual(
        new Set(waiting.tickets.map(({ id }) => id)),
        new Set([sampleTicketId(0), sampleTicketId(1)]),
      );
      desk.streams.pending.send({ type: 'snapshot', changes: [] });
      const outbox = await desk.outbox(({ drafts }) => drafts.length === 0);
      demandEqual(outbox, { operations: [], drafts: [], notes: [], outgoing: [], tickets: [] });
      await desk.queue('mine', ({ total }) => total === 0);
      await desk.close();
    },
  },
  {
    behaviour: 'shows a half-written note with its ticket and in the outbox until it is submitted',
    check: async () => {
      const desk = await deskWithTwoTickets();
      const note = sampleNoteDraft(0, 'Звонили');
      desk.streams.pending.send({ type: 'snapshot', changes: [{ kind: 'note', note }] });
      await desk.ticket(0, (view) => view?.notes[0]?.text === 'Звонили');
      await desk.outbox(({ notes }) => notes[0]?.id === note.id);
      desk.streams.pending.send({ type: 'change', change: { kind: 'note-removed', id: note.id } });
      await desk.ticket(0, (view) => view?.notes.length === 0);
      await desk.close();
    },
  },
  {
    behaviour: 'shows an operation on a ticket that the base does not know yet in the outbox',
    check: async () => {
      const desk = await deskWithTwoTickets();
      sendOperation(desk, sampleClaim(5, { kind: 'waiting' }));
      const outbox = await desk.outbox(({ operations }) => operations.length === 1);
      demandEqual(outbox.operations[0]?.operation.ticketId, sampleTicketId(5));
      demandEqual(outbox.tickets, []);
      desk.sendChanges(ticketChange(9, sampleTicket(5)));
      await desk.outbox(({ tickets }) => tickets[0]?.id === sampleTicketId(5));
      await desk.queue('mine', ({ total }) => total === 1);
      await desk.close();
    },
  },
];
