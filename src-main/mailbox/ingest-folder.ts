import type { Clock } from '#shared/clock.ts';
import type { MailFolder } from '#shared/ticket/letter.ts';
import { searchUids } from './imap-fetch.ts';
import type { MailConnection } from './mail-connection.ts';
import type { MailSession } from './mail-session.ts';
import type { MailTimes } from './mail-times.ts';
import { UidSet } from '#shared/mail/uid-set.ts';

export interface IngestSource {
  readonly folder: MailFolder;
  readonly connection: MailConnection;
  /** Where the folder is; null while or where there is none. */
  readonly path: () => string | null;
}

const dayMs = 86_400_000;

/** What one folder still owes the ticket API. */
export class IngestFolder {
  readonly #source: IngestSource;
  readonly #times: MailTimes;
  readonly #clock: Clock;
  #uidValidity = '';
  /** Have a fate at the API, or need none. */
  #settled = UidSet.empty;
  #found = UidSet.empty;
  #listedAt = Number.NEGATIVE_INFINITY;
  #listedIn: MailSession | null = null;

  constructor(source: IngestSource, times: MailTimes, clock: Clock) {
    this.#source = source;
    this.#times = times;
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
   * UIDs received since about that moment that are not settled.
   *
   * SINCE knows days of the server's zone only (RFC 3501 §6.4.4), so it is asked with two days to spare. After one
   * full search in a session only later UIDs can be new.
   */
  async search(session: MailSession, since: number): Promise<UidSet> {
    const { uidValidity } = session.homeState();
    if (uidValidity !== this.#uidValidity) {
      this.#uidValidity = uidValidity;
      this.#settled = UidSet.empty;
      this.#listedIn = null;
    }
    const now = this.#clock.now();
    const isFull = this.#listedIn !== session || now - this.#listedAt > this.#times.fullCheckMs;
    const from = isFull ? 1 : this.#found.greatest() + 1;
    const query = { since: new Date(since - 2 * dayMs), ...(isFull ? {} : { uid: `${from}:*` }) };
    const answer = await session.run('ingest', session.home, (client) => searchUids(client, query));
    const found = answer.difference(UidSet.range(1, from - 1));
    this.#found = isFull ? found : this.#found.union(found);
    if (isFull) {
      this.#listedIn = session;
      this.#listedAt = now;
    }
    return this.#found.difference(this.#settled);
  }

  settle(uids: UidSet): void {
    this.#settled = this.#settled.union(uids);
  }
}
