import type { AgentId } from '#shared/ids.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';

/**
 * The desk's sections of the queue, in the order in which they are shown. A ticket may be in several.
 *
 * - to-answer: open, not put off, and a client waits for a reaction; behind those, where nobody waits and the developers
 *   do not have it, such as what was opened again by hand; or where the last answer did not arrive
 * - overdue: the reaction's deadline has passed; put-off ones too, their deadline runs on
 * - due-today: the deadline is still to come and falls on today by the desk's calendar
 * - critical: set so with a reason
 * - mine: claimed by the desk's agent now, or assigned to him
 * - waiting: the client's word is awaited; neither handed to the developers nor put off
 * - developers: handed to them
 * - snoozed: put off until a moment that is still to come
 * - closed: all of them, and in no other section
 * - all: everything that is not closed
 */
export const deskSections = [
  'to-answer',
  'overdue',
  'due-today',
  'critical',
  'mine',
  'waiting',
  'developers',
  'snoozed',
  'all',
  'closed',
] as const;
export type DeskSection = (typeof deskSections)[number];

/** What is shown of a section; null and the empty text let everything pass. */
export interface QueueFilter {
  /** Every word of it must be found; see `TicketSearch`. */
  readonly text: string;
  readonly category: string | null;
  readonly tag: string | null;
  /** Whose job a ticket is; `nobody` for those that are nobody's. */
  readonly assigneeId: AgentId | 'nobody' | null;
  readonly channel: Ticket['channel'] | null;
}

export const noFilter: QueueFilter = { text: '', category: null, tag: null, assigneeId: null, channel: null };

/** `queue` is the regulation's: critical first, then by the start of the reaction; all others count whole seconds. */
export const queueOrders = [
  'queue',
  'deadline',
  'received-newest',
  'received-oldest',
  'last-letter',
  'client',
  'number',
] as const;
export type QueueOrder = (typeof queueOrders)[number];

/** A list of tickets: what belongs to it, and in which order. */
export interface QueueListing {
  /** `everywhere`: closed ones too. */
  readonly section: DeskSection | 'everywhere';
  readonly filter: QueueFilter;
  readonly order: QueueOrder;
}
