import { v7 as newUuid } from 'uuid';
import type { CallName, CallParams } from '#shared/bridge/bridge-client.ts';
import type { Draft } from '#shared/bridge/draft.ts';
import type { DraftId, OperationId } from '#shared/ids.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { Random } from '../../demo/random.ts';
import type { Deed, DeskWord, KeptWork } from './kept-work.ts';
import type { KillDesk } from './kill-desk.ts';
import type { KillPlan, PlannedDeed } from './kill-plan.ts';
import type { WorldTicket } from './kill-world.ts';

const refusals = new Set(['disk-full', 'disk-failed']);
const categories = ['knowledge-base', 'server-settings', 'product-update', 'domain-names'];
/** What a note may hold, less the words that make it different from others. */
const longestNote = 19_000;
const dayMs = 24 * 3_600_000;

/** A bridge call, and what it does to the agent's work. */
interface DeedCall {
  readonly name: CallName;
  readonly params: CallParams<CallName>;
  readonly deed: Deed;
}

/** An agent's hands: turns planned deeds into calls, and writes down what the desk says to them. */
export class Agent {
  readonly #desk: KillDesk;
  readonly #tickets: readonly WorldTicket[];
  readonly #work: KeptWork;
  readonly #random: Random;
  /** Of each ticket, the draft that is being written. */
  readonly #drafts = new Map<number, Draft>();
  readonly #notes = new Map<number, OperationId>();
  /** What was not to be expected. */
  readonly surprises: string[] = [];

  constructor(plan: KillPlan, desk: KillDesk, tickets: readonly WorldTicket[], work: KeptWork) {
    this.#desk = desk;
    this.#tickets = tickets;
    this.#work = work;
    this.#random = new Random(plan.seed);
  }

  /** Does it and waits for the desk's word. */
  async do(planned: PlannedDeed): Promise<void> {
    if (planned.kind === 'send' && !this.#drafts.has(planned.ticket))
      await this.do({ ...planned, kind: 'draft' });
    const call = await this.#callFor(planned);
    if (call === null) return;
    const answer = await this.#desk.call(call.name, call.params);
    this.#heard(call, answer.ok ? 'saved' : this.#refusal(call, answer.error.kind));
  }

  /** Does it and does not wait; the desk is about to be killed. */
  async doInHaste(planned: PlannedDeed): Promise<void> {
    if (planned.kind === 'draft-with-file') return;
    const call = await this.#callFor(planned);
    if (call === null) return;
    this.#desk.callAndForget(call.name, call.params);
    this.#heard(call, 'none');
  }

  #refusal({ name }: DeedCall, kind: string): DeskWord {
    if (!refusals.has(kind)) this.surprises.push(`${name} answered ${kind}`);
    return 'refused';
  }

  #heard({ name, deed, params }: DeedCall, word: DeskWord): void {
    this.#work.note(deed, word);
    // What nobody answered to is gone on with as if it were there, as a window does.
    if (word === 'refused') return;
    if (name === 'drafts.save') {
      const { draft } = params as CallParams<'drafts.save'>;
      this.#drafts.set(this.#place(draft), draft);
    }
    if (name === 'outgoing.send') {
      const { draftId } = params as CallParams<'outgoing.send'>;
      for (const [place, { id }] of this.#drafts) if (id === draftId) this.#drafts.delete(place);
    }
  }

  #place({ ticketId }: Pick<Draft, 'ticketId'>): number {
    return this.#tickets.findIndex(({ id }) => id === ticketId);
  }

  async #callFor({ kind, ticket: place, chars }: PlannedDeed): Promise<DeedCall | null> {
    const ticket = this.#tickets[place];
    if (ticket === undefined) throw new RangeError('no such ticket');
    const head = { id: newUuid() as OperationId, ticketId: ticket.id, madeAt: Date.now() };
    switch (kind) {
      case 'claim':
        return submit({ ...head, kind: 'claim-ticket', until: head.madeAt + dayMs });
      case 'classify':
        return submit({ ...head, kind: 'classify-ticket', category: this.#random.pick(categories) });
      case 'note':
        return submit({ ...head, kind: 'add-note', text: this.#words(Math.min(chars, longestNote)) });
      case 'begin-note': {
        const id = this.#notes.get(place) ?? head.id;
        this.#notes.set(place, id);
        const note = {
          id,
          ticketId: ticket.id,
          text: this.#words(Math.min(chars, longestNote)),
          updatedAt: head.madeAt,
        };
        return { name: 'notes.save', params: { note }, deed: { kind: 'note', id, words: note.text } };
      }
      case 'draft':
      case 'draft-again':
        return saveDraft({
          ...(this.#drafts.get(place) ?? newDraft(ticket)),
          text: this.#words(chars),
          updatedAt: head.madeAt,
        });
      case 'draft-with-file': {
        const file = await this.#desk.addFile('опись.txt', chars);
        const draft = this.#drafts.get(place) ?? newDraft(ticket);
        const attachments = [...draft.attachments, ...(file === null ? [] : [file])];
        return saveDraft({ ...draft, text: this.#words(100), attachments, updatedAt: head.madeAt });
      }
      case 'send': {
        const draft = this.#drafts.get(place);
        if (draft === undefined) return null;
        return {
          name: 'outgoing.send',
          params: { draftId: draft.id, delayMs: 0 },
          deed: { kind: 'letter', id: draft.id, words: draft.text },
        };
      }
    }
  }

  /** Words that nobody has written before. */
  #words(chars: number): string {
    const start = `${String(this.#random.integer(0, 1e9))} `;
    return (
      start +
      'Проверьте, пожалуйста, настройки. '
        .repeat(Math.ceil(chars / 34))
        .slice(0, chars)
        .trimEnd()
    );
  }
}

/** How an operation is written down. */
export function wordsOf(operation: Operation): string {
  if (operation.kind === 'add-note') return operation.text;
  return operation.kind === 'classify-ticket'
    ? `${operation.kind} ${String(operation.category)}`
    : operation.kind;
}

function submit(operation: Operation): DeedCall {
  const deed = { kind: 'operation', id: operation.id, words: wordsOf(operation) } as const;
  return { name: 'operations.submit', params: { operation }, deed };
}

function saveDraft(draft: Draft): DeedCall {
  return { name: 'drafts.save', params: { draft }, deed: { kind: 'draft', id: draft.id, words: draft.text } };
}

function newDraft(ticket: WorldTicket): Draft {
  return {
    id: newUuid() as DraftId,
    ticketId: ticket.id,
    ticketToken: ticket.token,
    to: [{ name: 'Школа', address: 'client@school.example' }],
    cc: [],
    subject: `Re: ${ticket.subject}`,
    text: '',
    html: '',
    purpose: 'answer',
    fromName: '',
    answerKind: 'solution',
    attachments: [],
    inReplyTo: null,
    references: [],
    ticketVersion: 0,
    updatedAt: 0,
  };
}
