import type { Clock } from '#shared/clock.ts';
import type { LetterFacts } from '#shared/ticket/letter.ts';
import type { Log } from '../log.ts';
import { answerOf, ApiAway } from './api-away.ts';
import type { ChangeSignal } from './change-signal.ts';
import { fetchEach, type FetchOutcome } from './fetch-each.ts';
import { fetchDates, fetchHeaders, searchUids, type FetchedLetter } from './imap-fetch.ts';
import { IngestFolder, type IngestSource } from './ingest-folder.ts';
import type { IngestPort } from './ingest-port.ts';
import { letterFacts } from './letter-facts.ts';
import type { LetterRenderer } from './letter-renderer.ts';
import { ConnectionLost, type MailSession } from './mail-session.ts';
import type { MailTimes } from './mail-times.ts';
import { UidSet } from '#shared/mail/uid-set.ts';

export interface IngestLoopOptions {
  /** Letters received before this are history and not the API's business. */
  readonly ticketsFrom: number;
  readonly sources: readonly IngestSource[];
  readonly api: IngestPort;
  readonly renderer: LetterRenderer;
  /** Hints that any of the folders may have changed. */
  readonly changes: ChangeSignal;
  /** Hints that the API may be back. */
  readonly retry: ChangeSignal;
  readonly times: MailTimes;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** Every letter there is has a fate; or another desk sees to that. */
  readonly onRound: () => void;
  /** The first round with INBOX open is over, well or not. */
  readonly onFirstRound: () => void;
}

/** The API's kind of refusal; of anything else the name only, for a message may quote a server or a letter. */
function reasonOf(error: unknown): string {
  if (error instanceof ApiAway) return error.message;
  return error instanceof Error ? error.name : typeof error;
}

/** A letter that the API has no fate for, and the session in which its UID means it. */
interface Owed {
  readonly folder: IngestFolder;
  readonly session: MailSession;
  readonly uid: number;
  readonly receivedAt: number;
}

const chunkSize = 250;
/** The first letters of a round are a queue to begin with. */
const firstChunk = 40;

/**
 * Tells the ticket API of every letter since `ticketsFrom`, oldest first over INBOX and Sent together.
 *
 * Independent of what readers have. Each round: time T at the API, search, ask which letters have no fate, submit
 * facts or quarantine, and when nothing is owed report the watermark T. The lease only keeps desks from doing the
 * same work twice.
 */
export class IngestLoop {
  readonly #options: IngestLoopOptions;
  readonly #folders: readonly IngestFolder[];
  #leasedAt = Number.NEGATIVE_INFINITY;
  /** Letters of this round that are still owed: the watermark stays where it is, the rest goes on. */
  #stillOwed = 0;
  /** Some of them may come if they are asked for soon. */
  #triesSoon = false;

  constructor(options: IngestLoopOptions) {
    this.#options = options;
    this.#folders = options.sources.map((source) => new IngestFolder(source, options.times, options.clock));
  }

  /** Goes on until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { changes, log, times } = this.#options;
    const { renewMs, firstRetryMs, longestRetryMs } = times.ingest;
    let failures = 0;
    while (!signal.aborted) {
      const seen = changes.count;
      try {
        const waitMs = await this.#round(signal);
        failures = 0;
        await changes.next(seen, signal, waitMs);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof ConnectionLost) {
          await changes.next(seen, signal, renewMs);
          continue;
        }
        this.#options.onFirstRound();
        // The status of the API says it.
        if (error instanceof ApiAway) this.#options.onRound();
        failures += 1;
        const away = error instanceof ApiAway ? error.retryAfterMs : 0;
        log.warn('ingest-waits', {
          reason: reasonOf(error),
          failures,
        });
        await this.#rest(
          Math.max(away, Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(failures - 1, 8))),
          signal,
        );
      }
    }
  }

  /** Answers how long to wait for a hint before the next round. */
  async #round(signal: AbortSignal): Promise<number> {
    const { api, ticketsFrom, random, times, onRound } = this.#options;
    const { renewMs } = times.ingest;
    const open = this.#folders.flatMap((folder) => {
      const session = folder.session();
      return session === null ? [] : [{ folder, session }];
    });
    if (!open.some(({ folder }) => folder.name === 'inbox')) return renewMs;
    const lease = await this.#lease();
    if (!lease.held) {
      this.#options.onFirstRound();
      // Another desk does it, and raises the alarm if it cannot.
      onRound();
      const leftMs = lease.expiresAt - (await api.serverNow());
      await this.#rest(Math.min(Math.max(leftMs, 0), renewMs) + 200 + random() * 1_800, signal);
      return 0;
    }
    const at = Math.floor(await api.serverNow());
    this.#stillOwed = 0;
    this.#triesSoon = false;
    let isWhole = this.#folders.every(
      (folder) => folder.isAbsent() || open.some((one) => one.folder === folder),
    );
    const owed: Owed[] = [];
    for (const { folder, session } of open) {
      const candidates = await folder.search(session, ticketsFrom);
      isWhole &&= candidates.isWhole;
      const missing = await this.#missing(folder, candidates.uids);
      folder.settle(candidates.uids.difference(missing));
      if (missing.size > 0) owed.push(...(await this.#dated(folder, session, missing, at)));
    }
    owed.sort((a, b) => a.receivedAt - b.receivedAt || a.uid - b.uid);
    for (const chunk of chunksOf(owed)) {
      if (signal.aborted) break;
      const leasedForMs = Math.abs(this.#options.clock.now() - this.#leasedAt);
      if (leasedForMs > renewMs && !(await this.#lease()).held) return renewMs;
      await this.#submit(chunk, at);
    }
    this.#options.onFirstRound();
    if (!signal.aborted && isWhole && this.#stillOwed === 0) {
      answerOf(
        await api.putWatermark({
          folders: open.map(({ folder }) => ({ folder: folder.name, uidValidity: folder.uidValidity })),
          at,
        }),
      );
      onRound();
    }
    return this.#triesSoon ? times.leftAgainMs : renewMs;
  }

  async #lease(): Promise<{ held: boolean; expiresAt: number }> {
    const lease = answerOf(await this.#options.api.lease());
    if (lease.held) this.#leasedAt = this.#options.clock.now();
    return lease;
  }

  async #missing(folder: IngestFolder, candidates: UidSet): Promise<UidSet> {
    if (candidates.size === 0) return UidSet.empty;
    const query = { folder: folder.name, uidValidity: folder.uidValidity, uids: candidates.format() };
    const { uids } = answerOf(await this.#options.api.missing(query));
    return UidSet.parse(uids).intersection(candidates);
  }

  /** Their INTERNALDATE. History is settled here; what the server lists and does not deliver is quarantined. */
  async #dated(folder: IngestFolder, session: MailSession, missing: UidSet, at: number): Promise<Owed[]> {
    const dates = new Map<number, number | null>();
    const outcome = await fetchEach(missing, folder.undated, async (uids) => {
      const some = await session.run('ingest', session.home, (client) => fetchDates(client, uids));
      for (const [uid, date] of some) dates.set(uid, date);
      return UidSet.of(some.keys());
    });
    await this.#doWithout(folder, session, outcome, () => at);
    const owed: Owed[] = [];
    for (const [uid, receivedAt] of dates) {
      // A letter whose time is not readable cannot have a deadline: people decide.
      if (receivedAt === null) await this.#giveUp(folder, session, uid, at);
      else if (receivedAt < this.#options.ticketsFrom) folder.settle(UidSet.of([uid]));
      else owed.push({ folder, session, uid, receivedAt });
    }
    return owed;
  }

  /** One chunk, oldest first over all folders. */
  async #submit(chunk: readonly Owed[], at: number): Promise<void> {
    const facts = new Map<Owed, LetterFacts>();
    for (const folder of this.#folders) {
      const mine = new Map(chunk.filter((owed) => owed.folder === folder).map((owed) => [owed.uid, owed]));
      const [first] = mine.values();
      if (first === undefined) continue;
      const { session } = first;
      const outcome = await fetchEach(UidSet.of(mine.keys()), folder.headless, async (uids) => {
        const came: number[] = [];
        for (const letter of await session.run('ingest', session.home, (client) =>
          fetchHeaders(client, uids),
        )) {
          const owed = mine.get(letter.uid);
          const known = owed === undefined ? null : await this.#facts(owed, letter);
          if (owed === undefined || known === null) continue;
          facts.set(owed, known);
          came.push(letter.uid);
        }
        return UidSet.of(came);
      });
      await this.#doWithout(folder, session, outcome, (uid) => mine.get(uid)?.receivedAt ?? at);
    }
    await this.#ingest(
      chunk.flatMap((owed) => {
        const known = facts.get(owed);
        return known === undefined ? [] : [{ owed, facts: known }];
      }),
    );
  }

  async #facts({ folder, session, receivedAt }: Owed, letter: FetchedLetter): Promise<LetterFacts | null> {
    const location = { folder: folder.name, uidValidity: folder.uidValidity, uid: letter.uid };
    return await letterFacts(letter, location, receivedAt, session, this.#options.renderer);
  }

  async #ingest(letters: readonly { owed: Owed; facts: LetterFacts }[]): Promise<void> {
    if (letters.length === 0) return;
    const { api, log } = this.#options;
    const result = await api.ingest({ letters: letters.map(({ facts }) => facts) });
    if (result.ok) {
      for (const { owed } of letters) owed.folder.settle(UidSet.of([owed.uid]));
      return;
    }
    if (result.error.kind !== 'invalid' && result.error.kind !== 'internal') throw new ApiAway(result.error);
    const [only, ...others] = letters;
    if (only === undefined) return;
    if (others.length > 0) {
      const middle = Math.ceil(letters.length / 2);
      await this.#ingest(letters.slice(0, middle));
      await this.#ingest(letters.slice(middle));
      return;
    }
    const { folder, session, uid, receivedAt } = only.owed;
    if (result.error.kind === 'invalid') {
      await this.#giveUp(folder, session, uid, receivedAt);
    } else {
      // A bug of the API's.
      this.#stillOwed += 1;
      log.error('ingest-letter-failed', { folder: folder.name, uid });
    }
  }

  /**
   * Letters that did not come. Who has had enough chances is quarantined, under the time of its receipt as far as that is
   * known; the rest is owed on.
   */
  async #doWithout(
    folder: IngestFolder,
    session: MailSession,
    { left, hopeless }: FetchOutcome,
    receivedAt: (uid: number) => number,
  ): Promise<void> {
    for (const uid of hopeless.ascending()) await this.#giveUp(folder, session, uid, receivedAt(uid));
    if (left.size === 0) return;
    this.#stillOwed += left.size;
    this.#triesSoon = true;
    // They may be gone.
    folder.listAgain();
  }

  /** Quarantines a letter if the server still lists it. */
  async #giveUp(folder: IngestFolder, session: MailSession, uid: number, receivedAt: number): Promise<void> {
    const { api, log } = this.#options;
    const listed = await session.run('ingest', session.home, (client) =>
      searchUids(client, { uid: `${uid}` }),
    );
    if (!listed.has(uid)) {
      // Gone, or a search that lies: the next full one tells.
      this.#stillOwed += 1;
      folder.listAgain();
      return;
    }
    log.warn('letter-quarantined', { folder: folder.name, uid });
    const location = { folder: folder.name, uidValidity: folder.uidValidity, uid };
    answerOf(await api.quarantine({ location, receivedAt, reason: 'unreadable' }));
    folder.quarantine(uid);
  }

  async #rest(ms: number, signal: AbortSignal): Promise<void> {
    const { retry, random } = this.#options;
    await retry.next(retry.count, signal, ms * (0.75 + random() / 4));
  }
}

function* chunksOf<T>(items: readonly T[]): Generator<T[], void> {
  if (items.length > 0) yield items.slice(0, firstChunk);
  for (let from = firstChunk; from < items.length; from += chunkSize)
    yield items.slice(from, from + chunkSize);
}
