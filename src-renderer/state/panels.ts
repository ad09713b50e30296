import { create } from 'zustand';
import type { TicketId } from '#shared/ids.ts';
import type { QueueSection } from '#shared/protocol/queue.ts';
import type { ErrorKey } from '../language/problem-key.ts';

/** The desk's pages. */
export type Page = 'queue' | 'outbox' | 'articles' | 'settings';

/**
 * What just happened, told until it is dismissed or followed by another.
 *
 * The words are made when it is shown, so that it changes its language with the rest of the desk.
 */
export type Notice =
  | { readonly tone: 'success'; readonly key: 'articles.saved' | 'compose.queued' | 'settings.saved' }
  | { readonly tone: 'problem'; readonly key: ErrorKey | 'letter.linkRefused' }
  | {
      readonly tone: 'problem';
      readonly key: 'compose.attachFailed';
      readonly name: string;
      readonly why: ErrorKey;
    };

interface Panels {
  readonly page: Page;
  readonly section: QueueSection;
  /** The ticket on screen. */
  readonly ticketId: TicketId | null;
  /** The ticket whose answer is being written; drafts of others wait on disk. */
  readonly composingFor: TicketId | null;
  /** True while the composer waits for a draft that was just taken back from the outbox. */
  readonly awaitsDraft: boolean;
  readonly notice: Notice | null;
  readonly showPage: (page: Page) => void;
  readonly showSection: (section: QueueSection) => void;
  readonly openTicket: (ticketId: TicketId) => void;
  readonly closeTicket: () => void;
  readonly compose: (ticketId: TicketId) => void;
  /** Like `compose`, but never with a new draft: one is about to arrive. */
  readonly composeDraft: (ticketId: TicketId) => void;
  /** Closes that ticket's composer; another one's stays, should an answer be sent only after its composer was left. */
  readonly closeComposer: (ticketId: TicketId) => void;
  readonly tell: (notice: Notice | null) => void;
  /** Back to the start, for the next agent. */
  readonly forget: () => void;
}

const start = {
  page: 'queue',
  section: 'to-answer',
  ticketId: null,
  composingFor: null,
  awaitsDraft: false,
  notice: null,
} as const;

/** What is on screen. Nothing here is the agent's work: losing it loses nothing. */
export const usePanels = create<Panels>()((set) => ({
  ...start,
  showPage: (page) => set({ page, composingFor: null }),
  showSection: (section) => set({ page: 'queue', section }),
  openTicket: (ticketId) =>
    set(({ composingFor }) => ({
      page: 'queue',
      ticketId,
      composingFor: composingFor === ticketId ? composingFor : null,
    })),
  closeTicket: () => set({ ticketId: null, composingFor: null }),
  compose: (ticketId) => set({ page: 'queue', ticketId, composingFor: ticketId, awaitsDraft: false }),
  composeDraft: (ticketId) => set({ page: 'queue', ticketId, composingFor: ticketId, awaitsDraft: true }),
  closeComposer: (ticketId) =>
    set(({ composingFor }) => ({ composingFor: composingFor === ticketId ? null : composingFor })),
  tell: (notice) => set({ notice }),
  forget: () => set(start),
}));
