import type { AgentId, LetterId, OperationId, TicketId } from '#shared/ids.ts';
import type { Draft } from '#shared/bridge/draft.ts';
import { formatToken, tokenByteLength } from '#shared/mail/subject.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { CreateTicket } from '#shared/ticket/operations/create-ticket.ts';
import type { GiveReason } from '#shared/ticket/operations/give-reason.ts';
import type { Overtook } from '#shared/ticket/overtook.ts';
import type { AgentClosingOutcome, Facts, Ticket } from '#shared/ticket/ticket.ts';
import { errorKey } from '../language/problem-key.ts';
import { claimEndsAt } from './claim-ends-at.ts';
import { useDesk } from './desk-context.ts';
import { newOperationId, newTicketId } from './new-id.ts';
import { usePanels, type Notice } from './panels.ts';

/**
 * What an agent can do to a ticket from the desk; each resolves to whether it is on disk.
 *
 * What can be taken back offers that in its notice; what stands on the screen at once, as a note does, needs none. Those methods take the ticket as it is on screen, because taking
 * back means to put in again what was there.
 */
export interface TicketOperations {
  /** Out of turn it leaves a trace of whom it overtook. */
  readonly claim: (ticketId: TicketId) => Promise<boolean>;
  readonly release: (ticketId: TicketId) => Promise<boolean>;
  readonly assign: (ticket: Ticket, assigneeId: AgentId | null) => Promise<boolean>;
  readonly classify: (ticket: Ticket, category: string | null) => Promise<boolean>;
  /** Puts tags on and takes others off; what colleagues change at the same time stays. */
  readonly tag: (ticket: Ticket, add: readonly string[], remove: readonly string[]) => Promise<boolean>;
  readonly setCritical: (ticket: Ticket, reason: string) => Promise<boolean>;
  readonly clearCritical: (ticket: Ticket) => Promise<boolean>;
  /** Null brings it back into the queue. */
  readonly snooze: (ticket: Ticket, until: number | null) => Promise<boolean>;
  /** Null takes it back from the developers; otherwise their own name for it, which may be empty. */
  readonly escalate: (ticket: Ticket, reference: string | null) => Promise<boolean>;
  readonly close: (ticket: Ticket, outcome: AgentClosingOutcome, reason: string) => Promise<boolean>;
  readonly reopen: (ticketId: TicketId) => Promise<boolean>;
  readonly changeClient: (
    ticket: Ticket,
    client: { readonly name: string; readonly phone: string },
  ) => Promise<boolean>;
  /** Lets somebody take part, or ends that. */
  readonly setParticipant: (ticketId: TicketId, address: string, takesPart: boolean) => Promise<boolean>;
  /** `id` of what was half-written until now, which is gone with it. */
  readonly addNote: (ticketId: TicketId, text: string, id?: OperationId) => Promise<boolean>;
  /** Why a solution is put off or refused; null takes the reason back. */
  readonly giveReason: (ticket: Ticket, reason: GivenReason | null) => Promise<boolean>;
  /** Only those that change; a blank one is taken back. */
  readonly recordFacts: (ticket: Ticket, facts: Facts) => Promise<boolean>;
  readonly link: (ticketId: TicketId, otherId: TicketId, linked: boolean) => Promise<boolean>;
  /** Gives a ticket up for another, which cannot be taken back. */
  readonly merge: (ticketId: TicketId, into: TicketId) => Promise<boolean>;
  /** Makes letters of the client a ticket of their own, which is there once the API has made it. */
  readonly split: (ticketId: TicketId, subject: string, letterIds: readonly LetterId[]) => Promise<boolean>;
  /** Resolves to the new ticket's id, or null where it could not be kept. */
  readonly createTicket: (ticket: NewTicket) => Promise<TicketId | null>;
}

/** A ticket that an agent begins, and what is known of it from the start; all of it is kept, or nothing. */
export interface NewTicket extends Pick<CreateTicket, 'channel' | 'subject' | 'client'> {
  /** Blank for none. */
  readonly note: string;
  readonly category: string | null;
  /** The draft of the letter for which it is made: it comes to be when that is sent. */
  readonly letter: ((ticket: LetterTicket, now: number) => Draft) | null;
  readonly closing: { readonly outcome: AgentClosingOutcome; readonly reason: string } | null;
}

/** A reason of the regulation with what it needs. */
export type GivenReason = Pick<GiveReason, 'facts' | 'lookAgainAt'> & { readonly id: string };

/** What a first letter is begun with. */
export type LetterTicket = Pick<CreateTicket, 'token' | 'subject' | 'client'> & { readonly id: TicketId };

type Done = Extract<Notice['key'], `ticket.done.${string}`>;

/** Makes operations and hands them to the main process; a failure to keep one is told at once. */
export function useOperations(): TicketOperations {
  const { bridge, cache, calendar, clockOffsetMs, policy, rules, session } = useDesk();
  const tell = usePanels((panels) => panels.tell);

  const submit = async (operation: Operation): Promise<boolean> => {
    const kept = await bridge.call('operations.submit', { operation });
    if (!kept.ok) tell({ tone: 'problem', key: errorKey(kept.error) });
    return kept.ok;
  };
  /** Submits and says so; `undo` is what puts everything back as it was. */
  const perform = async (operation: Operation, key: Done, undo?: () => void): Promise<boolean> => {
    const kept = await submit(operation);
    if (kept) {
      const action = undo === undefined ? {} : { action: { key: 'ticket.undo', run: undo } as const };
      tell({ tone: 'success', key, ...action });
    }
    return kept;
  };
  const now = () => Date.now() + clockOffsetMs;
  const head = (ticketId: TicketId) => ({
    id: newOperationId(),
    ticketId,
    madeAt: now(),
  });

  /** Whose claim on it lasts. */
  const holderOf = ({ holder }: Ticket): AgentId | null =>
    holder !== null && holder.until > now() ? holder.agentId : null;

  /** Whether a reason could be given again: one whose day to look again has come could not. */
  const isStillAhead = (reason: Ticket['reason']): boolean => {
    if (reason === null || rules.reason(reason.id)?.needsLookAgain !== true) return true;
    return reason.lookAgainAt !== null && reason.lookAgainAt > now();
  };

  const make = {
    claim: (ticketId: TicketId, overtook: Overtook | null = null): Operation => {
      const operation = head(ticketId);
      const until = claimEndsAt(operation.madeAt, calendar.workingTime(policy.shortDayMinutes));
      return { ...operation, kind: 'claim-ticket', until, ...(overtook === null ? {} : { overtook }) };
    },
    release: (ticketId: TicketId): Operation => ({ ...head(ticketId), kind: 'release-ticket' }),
    assign: (ticketId: TicketId, assigneeId: AgentId | null): Operation => ({
      ...head(ticketId),
      kind: 'assign-ticket',
      assigneeId,
    }),
    classify: (ticketId: TicketId, category: string | null): Operation => ({
      ...head(ticketId),
      kind: 'classify-ticket',
      category,
    }),
    tags: (ticketId: TicketId, add: readonly string[], remove: readonly string[]): Operation => ({
      ...head(ticketId),
      kind: 'tag-ticket',
      add: [...add],
      remove: [...remove],
    }),
    critical: (ticketId: TicketId, reason: string | null, overtook: Overtook | null = null): Operation => ({
      ...head(ticketId),
      kind: 'set-criticality',
      critical: reason !== null,
      reason: reason ?? '',
      ...(overtook === null ? {} : { overtook }),
    }),
    reason: (ticketId: TicketId, reason: GivenReason | null): Operation => ({
      ...head(ticketId),
      kind: 'give-reason',
      reasonId: reason?.id ?? null,
      facts: reason?.facts ?? {},
      lookAgainAt: reason?.lookAgainAt ?? null,
    }),
    facts: (ticketId: TicketId, facts: Facts): Operation => ({
      ...head(ticketId),
      kind: 'record-facts',
      facts,
    }),
    client: (ticketId: TicketId, { name, phone }: Pick<Ticket['client'], 'name' | 'phone'>): Operation => ({
      ...head(ticketId),
      kind: 'change-client',
      name,
      phone,
    }),
    participant: (ticketId: TicketId, address: string, takesPart: boolean): Operation => ({
      ...head(ticketId),
      kind: takesPart ? 'add-participant' : 'remove-participant',
      address,
    }),
    link: (ticketId: TicketId, otherId: TicketId, linked: boolean): Operation => ({
      ...head(ticketId),
      kind: 'link-tickets',
      otherId,
      linked,
    }),
    merge: (ticketId: TicketId, into: TicketId): Operation => ({
      ...head(ticketId),
      kind: 'merge-ticket',
      into,
    }),
    snooze: (ticketId: TicketId, until: number | null): Operation => {
      const operation = head(ticketId);
      // What was snoozed until a moment that has passed meanwhile is simply in the queue.
      const isAhead = until !== null && until > operation.madeAt;
      return { ...operation, kind: 'snooze-ticket', until: isAhead ? until : null };
    },
    escalate: (ticketId: TicketId, reference: string | null): Operation => ({
      ...head(ticketId),
      kind: 'escalate-ticket',
      escalated: reference !== null,
      reference: reference ?? '',
    }),
    reopen: (ticketId: TicketId): Operation => ({ ...head(ticketId), kind: 'reopen-ticket' }),
    /** Takes a closing back: the ticket stands as it stood before. */
    unclose: ({ id, status: before, snooze }: Ticket): Operation => ({
      ...head(id),
      kind: 'reopen-ticket',
      restore: { status: before === 'waiting' ? 'waiting' : 'open', snoozedUntil: snooze?.until ?? null },
    }),
  };

  return {
    claim: async (ticketId) => {
      const overtook = await cache.ahead(ticketId);
      const claim = make.claim(ticketId, overtook);
      return await perform(claim, 'ticket.done.claimed', () => void submit(make.release(ticketId)));
    },
    release: (ticketId) =>
      perform(make.release(ticketId), 'ticket.done.released', () => void submit(make.claim(ticketId))),
    assign: (ticket, assigneeId) => {
      const holderId = holderOf(ticket);
      const endsClaim = holderId !== null && holderId !== assigneeId;
      // A colleague's claim that ended with it is nobody's to put back.
      const canUndo = !endsClaim || holderId === session.agent.id;
      const undo = () => {
        void submit(make.assign(ticket.id, ticket.assigneeId));
        if (endsClaim) void submit(make.claim(ticket.id));
      };
      return perform(make.assign(ticket.id, assigneeId), 'ticket.done.assigned', canUndo ? undo : undefined);
    },
    classify: ({ id, category: before }, category) =>
      perform(
        make.classify(id, category),
        'ticket.done.classified',
        () => void submit(make.classify(id, before)),
      ),
    tag: ({ id, tags: before }, add, remove) =>
      perform(make.tags(id, add, remove), 'ticket.done.tagged', () => {
        const added = add.filter((tag) => !before.includes(tag));
        const removed = remove.filter((tag) => before.includes(tag));
        void submit(make.tags(id, removed, added));
      }),
    setCritical: async ({ id, critical: before }, reason) => {
      const overtook = await cache.ahead(id, true);
      const undo = () => void submit(make.critical(id, before?.reason ?? null));
      return await perform(make.critical(id, reason, overtook), 'ticket.done.critical', undo);
    },
    clearCritical: ({ id, critical: before }) =>
      perform(
        make.critical(id, null),
        'ticket.done.notCritical',
        () => void submit(make.critical(id, before?.reason ?? null)),
      ),
    snooze: ({ id, snooze: before }, until) =>
      perform(
        make.snooze(id, until),
        until === null ? 'ticket.done.unsnoozed' : 'ticket.done.snoozed',
        () => void submit(make.snooze(id, before?.until ?? null)),
      ),
    escalate: ({ id, escalation: before }, reference) =>
      perform(
        make.escalate(id, reference),
        reference === null ? 'ticket.done.deescalated' : 'ticket.done.escalated',
        () => void submit(make.escalate(id, before?.reference ?? null)),
      ),
    close: (ticket, outcome, reason) => {
      const wasMine = holderOf(ticket) === session.agent.id;
      return perform(
        { ...head(ticket.id), kind: 'close-ticket', outcome, reason },
        'ticket.done.closed',
        () => {
          void submit(make.unclose(ticket));
          if (wasMine) void submit(make.claim(ticket.id));
        },
      );
    },
    reopen: (ticketId) => perform(make.reopen(ticketId), 'ticket.done.reopened'),
    changeClient: ({ id, client: before }, after) =>
      perform(
        make.client(id, after),
        'ticket.done.clientChanged',
        () => void submit(make.client(id, before)),
      ),
    setParticipant: (ticketId, address, takesPart) =>
      perform(
        make.participant(ticketId, address, takesPart),
        takesPart ? 'ticket.done.participantAdded' : 'ticket.done.participantRemoved',
        () => void submit(make.participant(ticketId, address, !takesPart)),
      ),
    addNote: (ticketId, text, id = newOperationId()) =>
      submit({ ...head(ticketId), id, kind: 'add-note', text }),
    giveReason: ({ id, reason: before }, reason) =>
      perform(
        make.reason(id, reason),
        reason === null ? 'ticket.done.reasonTaken' : 'ticket.done.reasonGiven',
        () => void submit(make.reason(id, isStillAhead(before) ? before : null)),
      ),
    recordFacts: ({ id, facts: before }, facts) => {
      const restored = Object.fromEntries(Object.keys(facts).map((fact) => [fact, before[fact] ?? '']));
      return perform(
        make.facts(id, facts),
        'ticket.done.factsRecorded',
        () => void submit(make.facts(id, restored)),
      );
    },
    link: (ticketId, otherId, linked) =>
      perform(
        make.link(ticketId, otherId, linked),
        linked ? 'ticket.done.linked' : 'ticket.done.unlinked',
        () => void submit(make.link(ticketId, otherId, !linked)),
      ),
    merge: (ticketId, into) => perform(make.merge(ticketId, into), 'ticket.done.merged'),
    split: (ticketId, subject, letterIds) => {
      const splitOffId = newTicketId();
      const token = newToken();
      const split = {
        ...head(ticketId),
        kind: 'split-ticket',
        newTicketId: splitOffId,
        token,
        subject,
      } as const;
      return perform({ ...split, letterIds: [...letterIds] }, 'ticket.done.split', () => {
        // The letters go back; what was a ticket for a moment stays as one that was merged.
        void submit(make.merge(splitOffId, ticketId));
      });
    },
    createTicket: async ({ channel, subject, client, note, category, closing, letter }) => {
      const id = newTicketId();
      const token = newToken();
      const made = { ...head(id), kind: 'create-ticket', token, channel, subject, client } as const;
      // In this order in the journal, and so on the API.
      const operations: Operation[] = [made];
      if (note.trim() !== '') operations.push({ ...head(id), kind: 'add-note', text: note.trim() });
      if (category !== null) operations.push(make.classify(id, category));
      if (closing !== null) operations.push({ ...head(id), kind: 'close-ticket', ...closing });
      const draft = letter === null ? null : letter({ id, token, subject, client }, made.madeAt);
      const kept = await bridge.call('operations.submitAll', { operations, draft });
      if (!kept.ok) tell({ tone: 'problem', key: errorKey(kept.error) });
      return kept.ok ? id : null;
    },
  };
}

function newToken(): string {
  return formatToken(crypto.getRandomValues(new Uint8Array(tokenByteLength)));
}
