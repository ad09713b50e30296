import type { LetterId, TicketId } from '#shared/ids.ts';
import type { LetterContent } from '#shared/mail/letter-content.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import type { Overtook } from '#shared/ticket/overtook.ts';
import type {
  CacheState,
  DirectoryView,
  OutboxView,
  Neighbours,
  Profile,
  QueueListing,
  QueueRange,
  QueueView,
  TicketView,
} from './cache-views.ts';
import { PortClient } from './port-client.ts';

export type {
  CacheState,
  DirectoryView,
  OutboxView,
  Neighbours,
  Profile,
  QueueListing,
  QueueRange,
  QueueView,
  TicketView,
} from './cache-views.ts';

type Stop = () => void;

/**
 * What a window knows of the cache.
 *
 * A listener gets the present result as soon as there is one, then every later one; results that come faster than a
 * window takes them are skipped, the newest always arrives. While no profile is open there are no results but `watchState`'s.
 */
export interface CacheClient {
  /** For the keeper window only: opens the profile that is signed in. */
  open(profile: Profile): Promise<void>;
  close(): Promise<void>;
  /** Deletes what is stored of the open profile and fetches it anew; nothing of an agent's work lies there. */
  wipe(): Promise<void>;
  /** How far the API's clock is ahead of this computer's: deadlines pass by the API's. */
  correctClock(offsetMs: number): Promise<void>;

  watchQueue(range: QueueRange, listener: (view: QueueView) => void): Stop;
  /** Null: neither the base nor a pending operation has such a ticket. */
  watchTicket(ticketId: TicketId, listener: (view: TicketView | null) => void): Stop;
  watchOutbox(listener: (view: OutboxView) => void): Stop;
  watchDirectory(listener: (view: DirectoryView) => void): Stop;
  /** Letters that nobody could read and nobody has looked at, oldest first. */
  watchQuarantine(listener: (letters: readonly Letter[]) => void): Stop;
  watchState(listener: (state: CacheState) => void): Stop;

  /** Null: this letter is not here yet. */
  letterContent(letterId: LetterId): Promise<LetterContent | null>;
  /** What stands around a ticket in a listing, such as the one on screen. */
  neighbours(ticketId: TicketId, listing: QueueListing): Promise<Neighbours>;
  /**
   * Whom one overtakes who takes this ticket now, or (`asCritical`) makes it critical: the tickets that `next` would give
   * before it. Null where it is nobody.
   */
  ahead(ticketId: TicketId, asCritical?: boolean): Promise<Overtook | null>;
  /** The first ticket to answer that nobody holds and that is not put off; null when there is none. */
  next(): Promise<TicketId | null>;
  /** The tags that tickets have, in alphabetical order. */
  tags(): Promise<readonly string[]>;
}

/** Connects this window to the cache that all windows of the desk share. */
export function connectCache(): CacheClient {
  const worker = new SharedWorker(new URL('./cache-worker.ts', import.meta.url), {
    type: 'module',
    name: 'cache',
  });
  const client = new PortClient(worker.port);
  // A page that may come back from the back/forward cache keeps its port.
  window.addEventListener('pagehide', ({ persisted }) => {
    if (!persisted) client.bye();
  });
  return client;
}
