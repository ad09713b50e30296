import type { Draft, Outgoing } from '#shared/bridge/draft.ts';
import type { NoteDraft } from '#shared/bridge/note-draft.ts';
import type { PendingOperation } from '#shared/bridge/pending.ts';
import type { AgentId, LetterId, TicketId } from '#shared/ids.ts';
import type { LetterContent } from '#shared/mail/letter-content.ts';
import type { Agent } from '#shared/protocol/agent.ts';
import type { Article } from '#shared/protocol/article.ts';
import type { BlockedSender } from '#shared/protocol/blocked-sender.ts';
import type { ServiceSettings } from '#shared/protocol/service-settings.ts';
import type { Template } from '#shared/protocol/template.ts';
import type { Regulation } from '#shared/regulation/regulation.ts';
import type { Letter, MailFolder } from '#shared/ticket/letter.ts';
import type { Activity } from '#shared/ticket/activity.ts';
import type { Overtook } from '#shared/ticket/overtook.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import type { DeskSection, QueueListing } from './queue-listing.ts';

export type { DeskSection, QueueListing } from './queue-listing.ts';

/** A range of a listing. */
export interface QueueRange extends QueueListing {
  readonly first: number;
  readonly count: number;
}

/** What stands around a ticket in a listing. */
export interface Neighbours {
  readonly previous: TicketId | null;
  /** The first of the listing for a ticket that is not in it. */
  readonly next: TicketId | null;
  /** From 0; null when the ticket is not in the listing. */
  readonly place: number | null;
  readonly total: number;
}

/** A ticket in the queue, its pending operations folded in. */
export interface QueueRow {
  readonly ticket: Ticket;
  /** 0 while the base does not know the ticket. */
  readonly version: number;
  /** True while an operation on it is not confirmed. */
  readonly pending: boolean;
  /** Of the open reaction period; null while nothing awaits a reaction. */
  readonly deadlineAt: number | null;
  readonly targetAt: number | null;
}

export interface QueueView {
  readonly rows: readonly QueueRow[];
  /** How many tickets the listing has. */
  readonly total: number;
  /** Of whole sections, whatever the filter. */
  readonly counts: Readonly<Record<DeskSection, number>>;
  /** Whether there is a ticket whose turn it is, of those that nobody holds. */
  readonly hasNext: boolean;
}

/** One line of a ticket's history; `pending` while the base does not show it. */
export interface TicketActivity {
  readonly activity: Activity;
  readonly pending: boolean;
}

/** A letter as the API knows it, and what the desk has of it: null is "this letter is not here yet". */
export type TicketLetter = Letter & { readonly content: LetterContent | null };

export interface TicketView {
  /** With the pending operations folded in. */
  readonly ticket: Ticket;
  /** Of the base: what an agent has seen when beginning an answer, or going on with it. 0 while it does not know the ticket. */
  readonly version: number;
  /** When it closes by itself if its client stays silent, by the regulation in force; null if it does not. */
  readonly closesAt: number | null;
  /** Oldest first. */
  readonly letters: readonly TicketLetter[];
  /** Oldest first; rejected operations are not among them. */
  readonly activities: readonly TicketActivity[];
  /** Rejected ones included. */
  readonly pendingOperations: readonly PendingOperation[];
  readonly drafts: readonly Draft[];
  /** Half-written ones. */
  readonly notes: readonly NoteDraft[];
  readonly outgoing: readonly Outgoing[];
}

/** Everything an agent did that is not confirmed yet, of all tickets. */
export interface OutboxView {
  readonly operations: readonly PendingOperation[];
  readonly drafts: readonly Draft[];
  readonly notes: readonly NoteDraft[];
  readonly outgoing: readonly Outgoing[];
  /** The tickets of all these as they look with what is pending, as far as they are known here. */
  readonly tickets: readonly Ticket[];
}

export interface DirectoryView {
  readonly agents: readonly Agent[];
  readonly articles: readonly Article[];
  readonly templates: readonly Template[];
  readonly blockedSenders: readonly BlockedSender[];
  readonly settings: ServiceSettings;
  /** Those that came after the shipped one, in order of their revisions. */
  readonly regulations: readonly Regulation[];
}

/** How far one folder has been read into the cache. */
export interface FolderState {
  readonly letters: number;
  /** True once everything that was in the folder had been read. */
  readonly synced: boolean;
}

export interface CacheState {
  /**
   * - closed: nobody is signed in
   * - rebuilding: there is no stored base, because it was wiped or damaged or nobody worked here yet, and it is fetched
   * - failed: the browser gives no storage; tried again later
   */
  readonly state: 'closed' | 'opening' | 'open' | 'rebuilding' | 'failed';
  readonly changesCaughtUp: boolean;
  /** How much of the API's feed is here, from 0 to 1; null while nobody knows. */
  readonly changesShare: number | null;
  readonly letters: Readonly<Record<MailFolder, FolderState>>;
}

/** What a window can watch, and what it then gets. */
export interface WatchedViews {
  readonly queue: { readonly query: QueueRange; readonly value: QueueView };
  readonly ticket: { readonly query: { readonly ticketId: TicketId }; readonly value: TicketView | null };
  readonly outbox: { readonly query: null; readonly value: OutboxView };
  readonly directory: { readonly query: null; readonly value: DirectoryView };
  /** Letters that nobody could read and nobody has looked at, oldest first. */
  readonly quarantine: { readonly query: null; readonly value: readonly Letter[] };
  readonly state: { readonly query: null; readonly value: CacheState };
}

/** Whose base it is, and the key it is sealed with. */
export interface Profile {
  readonly profileId: string;
  /** Whose claims are "mine". */
  readonly agentId: AgentId;
  /** 32 bytes. */
  readonly keyBase64: string;
}

/** What a window can ask once. */
export interface CacheCalls {
  readonly open: { readonly params: Profile; readonly value: null };
  readonly close: { readonly params: null; readonly value: null };
  readonly wipe: { readonly params: null; readonly value: null };
  readonly correctClock: { readonly params: { readonly offsetMs: number }; readonly value: null };
  readonly letterContent: {
    readonly params: { readonly letterId: LetterId };
    readonly value: LetterContent | null;
  };
  readonly neighbours: {
    readonly params: { readonly ticketId: TicketId; readonly listing: QueueListing };
    readonly value: Neighbours;
  };
  readonly ahead: {
    readonly params: { readonly ticketId: TicketId; readonly asCritical: boolean };
    readonly value: Overtook | null;
  };
  readonly next: { readonly params: null; readonly value: TicketId | null };
  readonly tags: { readonly params: null; readonly value: readonly string[] };
}
