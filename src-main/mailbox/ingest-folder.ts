import type { Clock } from '#shared/clock.ts';
import type { MailFolder } from '#shared/ticket/letter.ts';
import { GivenUpLetters } from './given-up-letters.ts';
import { listFolder, listTail } from './list-folder.ts';
import type { MailConnection } from './mail-connection.ts';
import type { MailSession } from './mail-session.ts';
import type { MailTimes } from './mail-times.ts';
import { SuspectLetters } from './suspect-letters.ts';
import { UidSet } from '#shared/mail/uid-set.ts';

export interface IngestSource {
  readonly folder: MailFolder;
  readonly connection: MailConnection;
  /** Where the folder is; null while or where there is none. */
  readonly path: () => string | null;
}

export interface IngestCandidates {
  /** Not settled. */
  readonly uids: UidSet;
  /** Nothing that is in the folder was left out. */
  readonly isWhole: boolean;
}

const dayMs = 86_400_000;

/** What one folder still owes the ticket API. */
export class IngestFolder {
  /** Letters whose date did not come. */
  readonly undated = new SuspectLetters();
  /** Letters whose header did not come. */
  readonly headless = new SuspectLetters();
  readonly #source: IngestSource;
  readonly #times: MailTimes;
  readonly #clock: Clock;
  #uidValidity = '';
  /** Have a fate at the API, or need none. */
  #settled = UidSet.empty;
  /** Settled for now. */
  readonly #quarantined: GivenUpLetters;
  #found = UidSet.empty;
  /** How many letters the folder had when it was listed. */
  #known = 0;
  #next = 1;
  #removals = 0;
  #listedAt = Number.NEGATIVE_INFINITY;
  /** Null when it is to be listed anew. */
  #listedIn: MailSession | null = null;

  constructor(source: IngestSource, times: MailTimes, clock: Clock) {
    this.#source = source;
    this.#times = times;
    this.#quarantined = new GivenUpLetters(times.unreadableAgainMs, clock);
    this.#clock = clock;
  }

  get name(): MailFolder {
    return this.#source.folder;
  }

  get uidValidity(): string {
    return this.#uidValidity;
  }

  /** The session in which this folder is open; null when it cannot be read at the moment or does not exist. */
  session(): MailSession | null {
    const session = this.#source.connection.current();
    return session !== null && session.home === this.#source.path() ? session : null;
  }

  /** True where the account has no such folder. */
  isAbsent(): boolean {
    return this.#source.path() === null;
  }

  /**
   * Letters received since about that moment that are not settled.
   *
   * SINCE knows days of the server's zone only (RFC 3501 §6.4.4), so it is asked with two days to spare. After a full
   * search in a session only later UIDs can be new.
   */
  async search(session: MailSession, since: number): Promise<IngestCandidates> {
    const { uidValidity } = session.homeState();
    if (uidValidity !== this.#uidValidity) {
      this.#uidValidity = uidValidity;
      this.#settled = UidSet.empty;
      this.#quarantined.remove(this.#quarantined.uids);
      this.undated.clearAll();
      this.headless.clearAll();
      this.#listedIn = null;
    }
    const tail = this.#isListed(session) ? await this.#searchTail(session) : null;
    const isWhole = tail ?? (await this.#searchAll(session, since));
    return { uids: this.#found.difference(this.#settled), isWhole };
  }

  settle(uids: UidSet): void {
    this.#settled = this.#settled.union(uids);
    this.#quarantined.remove(uids);
  }

  /** Settled until they are tried again. */
  quarantine(uid: number): void {
    const uids = UidSet.of([uid]);
    this.#settled = this.#settled.union(uids);
    this.#quarantined.add(uids);
  }

  /** What is known of the folder does not fit what the server says. */
  listAgain(): void {
    this.#listedIn = null;
  }

  #isListed(session: MailSession): boolean {
    if (this.#listedIn !== session || this.#quarantined.waitMs() === 0) return false;
    // The computer's clock may have been set back as well.
    return Math.abs(this.#clock.now() - this.#listedAt) <= this.#times.fullCheckMs;
  }

  /** Null when the folder has changed otherwise than by letters that came. */
  async #searchTail(session: MailSession): Promise<true | null> {
    const { uids, exists, next, isWhole } = await session.run('ingest', session.home, (client) =>
      listTail(client, this.#next, this.#known),
    );
    // One removed and one left out would make the count right.
    if (!isWhole || session.removals !== this.#removals) return null;
    this.#found = this.#found.union(uids);
    this.#known = exists;
    this.#next = next;
    return true;
  }

  async #searchAll(session: MailSession, since: number): Promise<boolean> {
    const from = new Date(since - 2 * dayMs);
    this.#removals = session.removals;
    const { uids, exists, next, isWhole } = await session.run('ingest', session.home, (client) =>
      listFolder(client, from),
    );
    this.#found = uids;
    this.#known = exists;
    this.#next = next;
    this.#listedIn = isWhole ? session : null;
    this.#listedAt = this.#clock.now();
    if (this.#quarantined.waitMs() === 0) {
      const again = this.#quarantined.retry();
      this.undated.pardon(again);
      this.headless.pardon(again);
      this.#settled = this.#settled.difference(again);
    }
    return isWhole;
  }
}
