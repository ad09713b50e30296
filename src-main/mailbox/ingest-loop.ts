import type { Clock } from '#shared/clock.ts';
import type { LetterFacts } from '#shared/ticket/letter.ts';
import type { ApiCallError } from '../tickets/api-call-error.ts';
import type { Log } from '../log.ts';
import type { ChangeSignal } from './change-signal.ts';
import { fetchDates, fetchHeaders, searchUids, type FetchedLetter } from './imap-fetch.ts';
import { IngestFolder, type IngestSource } from './ingest-folder.ts';
import type { IngestPort } from './ingest-port.ts';
import { letterFacts } from './letter-facts.ts';
import type { LetterRenderer } from './letter-renderer.ts';
import { ConnectionLost } from './mail-session.ts';
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
  readonly onQuarantined: () => void;
  /** The first round with INBOX open is over, well or not. */
  readonly onFirstRound: () => void;
}

/** The API failed in a way that says nothing about letters; try again later. */
class ApiAway extends Error {
  readonly retryAfterMs: number;
  constructor(error: ApiCallError) {
    super(error.kind);
    this.name = 'ApiAway';
    this.retryAfterMs = error.retryAfterMs ?? 0;
  }
}

/** The API's kind of refusal; of anything else the name only, for a message may quote a server or a letter. */
function reasonOf(error: unknown): string {
  if (error instanceof ApiAway) return error.message;
  return error instanceof Error ? error.name : typeof error;
}

/** A letter that the API has no fate for. */
interface Owed {
  readonly folder: IngestFolder;
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
  /** The API failed on these; they are left out until the next full round so that they do not stop the rest. */
  #skipped = 0;

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
    const { api, ticketsFrom, random, times } = this.#options;
    const { renewMs } = times.ingest;
    const open = this.#folders.flatMap((folder) => {
      const session = folder.session();
      return session === null ? [] : [{ folder, session }];
    });
    if (!open.some(({ folder }) => folder.name === 'inbox')) return renewMs;
    const lease = await this.#lease();
    if (!lease.held) {
      this.#options.onFirstRound();
      const leftMs = lease.expiresAt - (await api.serverNow());
      await this.#rest(Math.min(Math.max(leftMs, 0), renewMs) + 200 + random() * 1_800, signal);
      return 0;
    }
    const at = Math.floor(await api.serverNow());
    this.#skipped = 0;
    const owed: Owed[] = [];
    for (const { folder, session } of open) {
      const candidates = await folder.search(session, ticketsFrom);
      const missing = await this.#missing(folder, candidates);
      folder.settle(candidates.difference(missing));
      if (missing.size > 0) owed.push(...(await this.#dated(folder, missing, at)));
    }
    owed.sort((a, b) => a.receivedAt - b.receivedAt || a.uid - b.uid);
    for (const chunk of chunksOf(owed)) {
      if (signal.aborted) break;
      if (this.#options.clock.now() - this.#leasedAt > renewMs && !(await this.#lease()).held) return renewMs;
      await this.#submit(chunk, at);
    }
    this.#options.onFirstRound();
    const isComplete = this.#folders.every(
      (folder) => folder.isAbsent() || open.some((one) => one.folder === folder),
    );
    if (!signal.aborted && isComplete && this.#skipped === 0) {
      answerOf(
        await api.putWatermark({
          folders: open.map(({ folder }) => ({ folder: folder.name, uidValidity: folder.uidValidity })),
          at,
        }),
      );
    }
    return renewMs;
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
  async #dated(folder: IngestFolder, missing: UidSet, at: number): Promise<Owed[]> {
    const session = sessionOf(folder);
    const dates = await session.run('ingest', session.home, (client) => fetchDates(client, missing));
    for (const uid of missing.ascending()) {
      if (dates.has(uid)) continue;
      const again = await session.run('ingest', session.home, (client) =>
        fetchDates(client, UidSet.of([uid])),
      );
      for (const [found, date] of again) dates.set(found, date);
      if (!dates.has(uid)) await this.#giveUp(folder, uid, at);
    }
    const owed: Owed[] = [];
    for (const [uid, receivedAt] of dates) {
      // A letter whose time is not readable cannot have a deadline: people decide.
      if (receivedAt === null) await this.#giveUp(folder, uid, at);
      else if (receivedAt < this.#options.ticketsFrom) folder.settle(UidSet.of([uid]));
      else owed.push({ folder, uid, receivedAt });
    }
    return owed;
  }

  /** One chunk, oldest first over all folders. */
  async #submit(chunk: readonly Owed[], at: number): Promise<void> {
    const facts = new Map<Owed, LetterFacts>();
    for (const folder of this.#folders) {
      const mine = new Map(chunk.filter((owed) => owed.folder === folder).map((owed) => [owed.uid, owed]));
      if (mine.size === 0) continue;
      for (const letter of await this.#headers(folder, UidSet.of(mine.keys()))) {
        const owed = mine.get(letter.uid);
        if (owed !== undefined) facts.set(owed, await this.#facts(folder, letter, owed.receivedAt));
      }
      for (const owed of mine.values()) if (!facts.has(owed)) await this.#giveUp(folder, owed.uid, at);
    }
    await this.#ingest(
      chunk.flatMap((owed) => {
        const known = facts.get(owed);
        return known === undefined ? [] : [{ owed, facts: known }];
      }),
    );
  }

  /** Headers of all of them; what a FETCH leaves out is asked for again alone. */
  async #headers(folder: IngestFolder, uids: UidSet): Promise<FetchedLetter[]> {
    const session = sessionOf(folder);
    const letters = await session.run('ingest', session.home, (client) => fetchHeaders(client, uids));
    for (const uid of uids.difference(UidSet.of(letters.map((letter) => letter.uid))).ascending()) {
      letters.push(
        ...(await session.run('ingest', session.home, (client) => fetchHeaders(client, UidSet.of([uid])))),
      );
    }
    return letters;
  }

  async #facts(folder: IngestFolder, letter: FetchedLetter, receivedAt: number): Promise<LetterFacts> {
    const location = { folder: folder.name, uidValidity: folder.uidValidity, uid: letter.uid };
    return await letterFacts(letter, location, receivedAt, sessionOf(folder), this.#options.renderer);
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
    if (result.error.kind === 'invalid') {
      await this.#giveUp(only.owed.folder, only.owed.uid, only.owed.receivedAt);
    } else {
      // A bug of the API: the letter stays owed, the watermark stays where it is, the rest goes on.
      this.#skipped += 1;
      log.error('ingest-letter-failed', { folder: only.owed.folder.name, uid: only.owed.uid });
    }
  }

  /** Quarantines a letter if the server still lists it. */
  async #giveUp(folder: IngestFolder, uid: number, receivedAt: number): Promise<void> {
    const { api, log, onQuarantined } = this.#options;
    const session = sessionOf(folder);
    const listed = await session.run('ingest', session.home, (client) =>
      searchUids(client, { uid: `${uid}` }),
    );
    if (listed.has(uid)) {
      log.warn('letter-quarantined', { folder: folder.name, uid });
      const location = { folder: folder.name, uidValidity: folder.uidValidity, uid };
      answerOf(await api.quarantine({ location, receivedAt, reason: 'unreadable' }));
      onQuarantined();
    }
    folder.settle(UidSet.of([uid]));
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

function sessionOf(folder: IngestFolder): NonNullable<ReturnType<IngestFolder['session']>> {
  const session = folder.session();
  if (session === null) throw new ConnectionLost();
  return session;
}

function answerOf<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ApiCallError },
): T {
  if (!result.ok) throw new ApiAway(result.error);
  return result.value;
}
