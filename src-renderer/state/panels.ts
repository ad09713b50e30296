import type { ParseKeys } from 'i18next';
import { create } from 'zustand';
import type { LetterId, TicketId } from '#shared/ids.ts';
import type { LetterPurpose } from '#shared/mail/letter-purpose.ts';
import type { AnswerKind } from '#shared/regulation/answer-kind.ts';
import type { Language } from '#shared/text/language.ts';
import type { DeskSection } from '../cache/cache-views.ts';

/** The desk's pages. */
export type Page = 'queue' | 'outbox' | 'articles' | 'templates' | 'settings';

/** The pages of the settings. */
export type SettingsTab =
  'preferences' | 'mailbox' | 'agents' | 'groups' | 'senders' | 'regulation' | 'calendar' | 'service';

/**
 * What just happened, told until it is dismissed or followed by another.
 *
 * The words are made when it is shown, so that it changes its language with the rest of the desk.
 */
export interface Notice {
  /** Good news go by themselves; a problem stays until it is read. */
  readonly tone: 'success' | 'problem';
  readonly key: ParseKeys;
  /** What the words have gaps for. */
  readonly values?: Readonly<Record<string, string | number>>;
  /** Gaps that are filled with words: gap to key. */
  readonly words?: Readonly<Record<string, ParseKeys>>;
  /** What can still be done about it, such as to undo it. */
  readonly action?: { readonly key: ParseKeys; readonly run: () => void };
  /** How long good news stay, when it is not the usual five seconds. */
  readonly shownMs?: number;
}

/** What a composer is opened for; a first letter is begun by its form, and waits as a draft. */
export type WantedPurpose = Exclude<LetterPurpose, 'letter'>;

/** The same words in every language. */
export type SaidIn = Readonly<Record<Language, string>>;

/** What an answer begins with that a form has put together, such as the reason to postpone. */
export interface FirstWords {
  /** Blank for none. */
  readonly text: string;
  readonly language: Language;
  /** The same in every language, where the form can say it. */
  readonly said?: SaidIn;
  readonly answerKind: AnswerKind;
  /** Addresses of participants; null for whom an answer goes to by itself. */
  readonly to: readonly string[] | null;
}

interface Panels {
  readonly page: Page;
  readonly settingsTab: SettingsTab;
  readonly section: DeskSection;
  /** The ticket on screen. */
  readonly ticketId: TicketId | null;
  /** The ticket for which a letter is being written; drafts of others wait on disk. */
  readonly composingFor: TicketId | null;
  readonly composingPurpose: WantedPurpose;
  /** The letter that is forwarded or answered; null for the newest of the client. */
  readonly composingLetterId: LetterId | null;
  /** What the answer begins with; null for nothing. */
  readonly composingWords: FirstWords | null;
  /** Another one for each letter that a form began: its composer is a new one. */
  readonly composingTurn: number;
  /** True while the composer waits for a draft that was just taken back from the outbox. */
  readonly awaitsDraft: boolean;
  readonly notice: Notice | null;
  readonly showPage: (page: Page) => void;
  readonly showSettings: (tab: SettingsTab) => void;
  readonly showSection: (section: DeskSection) => void;
  readonly openTicket: (ticketId: TicketId) => void;
  readonly closeTicket: () => void;
  readonly compose: (ticketId: TicketId, purpose?: WantedPurpose, letterId?: LetterId) => void;
  /** Opens the ticket's answer, the waiting one too, with words before it that a form has put together. */
  readonly answerWith: (ticketId: TicketId, words: FirstWords) => void;
  /** The words are in the draft now. */
  readonly wordsKept: () => void;
  /** Like `compose`, but never with a new draft: one is about to arrive. */
  readonly composeDraft: (ticketId: TicketId) => void;
  /** Closes that ticket's composer; another one's stays, should an answer be sent only after its composer was left. */
  readonly closeComposer: (ticketId: TicketId) => void;
  readonly tell: (notice: Notice | null) => void;
  /** Back to the start, for the next agent. */
  readonly forget: () => void;
}

const notComposing = {
  composingFor: null,
  composingPurpose: 'answer',
  composingLetterId: null,
  composingWords: null,
} as const;

const start = {
  page: 'queue',
  settingsTab: 'preferences',
  section: 'to-answer',
  ticketId: null,
  ...notComposing,
  composingTurn: 0,
  awaitsDraft: false,
  notice: null,
} as const;

/** What is on screen. Nothing here is the agent's work: losing it loses nothing. */
export const usePanels = create<Panels>()((set) => ({
  ...start,
  showPage: (page) => set({ page, ...notComposing }),
  showSettings: (settingsTab) => set({ page: 'settings', settingsTab, ...notComposing }),
  showSection: (section) => set({ page: 'queue', section }),
  openTicket: (ticketId) =>
    set(({ composingFor }) => ({
      page: 'queue',
      ticketId,
      ...(composingFor === ticketId ? {} : notComposing),
    })),
  closeTicket: () => set({ ticketId: null, ...notComposing }),
  compose: (ticketId, purpose = 'answer', letterId) =>
    set({
      page: 'queue',
      ticketId,
      composingFor: ticketId,
      composingPurpose: purpose,
      composingLetterId: letterId ?? null,
      composingWords: null,
      awaitsDraft: false,
    }),
  wordsKept: () => set({ composingWords: null }),
  answerWith: (ticketId, composingWords) =>
    set(({ composingTurn }) => ({
      page: 'queue',
      ticketId,
      ...notComposing,
      composingFor: ticketId,
      composingWords,
      composingTurn: composingTurn + 1,
      awaitsDraft: false,
    })),
  composeDraft: (ticketId) =>
    set({ page: 'queue', ticketId, ...notComposing, composingFor: ticketId, awaitsDraft: true }),
  closeComposer: (ticketId) => set(({ composingFor }) => (composingFor === ticketId ? notComposing : {})),
  tell: (notice) => set({ notice }),
  forget: () => set(start),
}));
