import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ServerFacts } from '#shared/mail/identity.ts';
import type { ParsedLetter } from '#shared/mail/parsed-letter.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { BatchedLetter, ParseAnswer, ParseBatch } from './parse-batch.ts';

/** Why a letter was not parsed. */
export type ParseError =
  /** The parser threw, crashed or did not end on this very letter. */
  | { readonly kind: 'unreadable'; readonly message: string }
  /** Workers do not start at all; nothing is known of the letter. */
  | { readonly kind: 'parser-unavailable'; readonly message: string }
  /** The pool was closed before the letter's turn. */
  | { readonly kind: 'closed'; readonly message: string };

export interface ParsePoolOptions {
  /** The worker's module: letter-json-worker.ts or its bundle. */
  readonly workerUrl: URL;
  /** Worker threads; all cores but one by default. */
  readonly size?: number;
  /** How long one batch may take; a batch that is slower is taken apart to find the letter. */
  readonly timeoutMs?: number;
}

interface Job<Parsed> {
  readonly source: Uint8Array;
  readonly facts: ServerFacts;
  readonly resolve: (result: Result<Parsed, ParseError>) => void;
  /** Set after a batch with it took a worker down: it goes alone, so that the next fall names the culprit. */
  suspect: boolean;
}

interface SentBatch<Parsed> {
  readonly batch: number;
  readonly jobs: readonly Job<Parsed>[];
}

interface Lane<Parsed> {
  readonly worker: Worker;
  readonly sent: SentBatch<Parsed>[];
  ready: boolean;
  timer: NodeJS.Timeout | null;
}

const maxBatchLetters = 64;
const maxBatchBytes = 1_000_000;
/** One batch is parsed while the next one waits in the worker's queue, so that no worker idles for a round trip. */
const batchesPerLane = 2;
const defaultTimeoutMs = 20_000;
/** Loading the parser's modules on a busy machine takes seconds, and none of them is a letter's fault. */
const startTimeoutMs = 60_000;
const maxFailedStarts = 3;
/** Bytes that wait here before `room()` makes callers wait. */
const maxQueuedBytes = 16_000_000;

/**
 * Parses letters in worker threads; one bad letter never stops the rest. What becomes of a letter is the worker
 * module's own affair (`Parsed`).
 *
 * Letters travel in batches; the given bytes are copied and stay the caller's. When a worker dies or a batch takes
 * too long, the worker is replaced, the batch's letters are tried again one by one, and only the one that fails
 * alone is answered `unreadable`. Answers come in any order. Callers with many letters await {@link room} before
 * each.
 */
export class ParsePool<Parsed = ParsedLetter> {
  readonly #options: ParsePoolOptions;
  readonly #lanes = new Set<Lane<Parsed>>();
  readonly #waitingForRoom: (() => void)[] = [];
  readonly #size: number;
  #queue: Job<Parsed>[] = [];
  #queuedBytes = 0;
  #nextBatch = 1;
  #failedStarts = 0;
  #closed = false;

  constructor(options: ParsePoolOptions) {
    this.#options = options;
    this.#size = Math.max(1, options.size ?? availableParallelism() - 1);
  }

  /** Parses one letter. Never rejects. */
  parse(source: Uint8Array, facts: ServerFacts): Promise<Result<Parsed, ParseError>> {
    if (this.#closed) return Promise.resolve(err({ kind: 'closed', message: 'the parser is closed' }));
    return new Promise((resolve) => {
      this.#queue.push({ source, facts, resolve, suspect: false });
      this.#queuedBytes += source.length;
      // Letters of the same turn of the event loop share a batch.
      setImmediate(() => {
        this.#pump();
      });
    });
  }

  /** Resolves when few enough bytes wait; bounds the caller's memory. */
  async room(): Promise<void> {
    if (this.#closed || this.#queuedBytes < maxQueuedBytes) return;
    await new Promise<void>((resolve) => {
      this.#waitingForRoom.push(resolve);
    });
  }

  /** Ends the workers; letters that wait or are under way are answered `closed`. */
  async close(): Promise<void> {
    this.#closed = true;
    const lanes = [...this.#lanes];
    const jobs = [...this.#queue, ...lanes.flatMap(({ sent }) => sent.flatMap((batch) => batch.jobs))];
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#lanes.clear();
    for (const job of jobs) job.resolve(err({ kind: 'closed', message: 'the parser is closed' }));
    for (const resolve of this.#waitingForRoom.splice(0)) resolve();
    for (const lane of lanes) this.#stopTimer(lane);
    await Promise.all(lanes.map(({ worker }) => worker.terminate()));
  }

  #pump(): void {
    if (this.#closed) return;
    while (this.#queue.length > 0) {
      const free = [...this.#lanes].filter(({ sent }) => sent.length < batchesPerLane);
      const lane = free.toSorted((a, b) => a.sent.length - b.sent.length)[0];
      if (lane !== undefined && (lane.sent.length === 0 || this.#lanes.size >= this.#size)) this.#send(lane);
      else if (this.#lanes.size < this.#size) this.#start();
      else break;
    }
    if (this.#queuedBytes < maxQueuedBytes) for (const resolve of this.#waitingForRoom.splice(0)) resolve();
  }

  #start(): void {
    const worker = new Worker(this.#options.workerUrl, { resourceLimits: { maxOldGenerationSizeMb: 1_024 } });
    const lane: Lane<Parsed> = { worker, sent: [], ready: false, timer: null };
    this.#lanes.add(lane);
    this.#startTimer(lane);
    worker.on('message', (answer: ParseAnswer<Parsed>) => {
      this.#onAnswer(lane, answer);
    });
    // An error is followed by exit; without a listener it would end the process.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      this.#onDeath(lane);
    });
    // Only work keeps the process alive, not an idle pool.
    worker.unref();
  }

  #send(lane: Lane<Parsed>): void {
    const jobs = this.#takeJobs();
    const bytes = new Uint8Array(jobs.reduce((sum, { source }) => sum + source.length, 0));
    const letters: BatchedLetter[] = [];
    let offset = 0;
    for (const { source, facts } of jobs) {
      bytes.set(source, offset);
      letters.push({ offset, length: source.length, internalDateAt: facts.internalDateAt, size: facts.size });
      offset += source.length;
    }
    const batch: ParseBatch = { batch: this.#nextBatch, bytes: bytes.buffer, letters };
    this.#nextBatch += 1;
    lane.sent.push({ batch: batch.batch, jobs });
    lane.worker.ref();
    lane.worker.postMessage(batch, [bytes.buffer]);
    if (lane.ready && lane.sent.length === 1) this.#startTimer(lane);
  }

  #takeJobs(): Job<Parsed>[] {
    let bytes = 0;
    let count = 0;
    for (const job of this.#queue) {
      if (count > 0 && (job.suspect || bytes + job.source.length > maxBatchBytes)) break;
      bytes += job.source.length;
      count += 1;
      if (job.suspect || count >= maxBatchLetters) break;
    }
    this.#queuedBytes -= bytes;
    return this.#queue.splice(0, count);
  }

  #onAnswer(lane: Lane<Parsed>, answer: ParseAnswer<Parsed>): void {
    if (answer.kind === 'ready') {
      lane.ready = true;
      this.#failedStarts = 0;
      this.#stopTimer(lane);
      if (lane.sent.length > 0) this.#startTimer(lane);
      return;
    }
    const done = lane.sent.shift();
    this.#stopTimer(lane);
    if (lane.sent.length > 0) this.#startTimer(lane);
    else lane.worker.unref();
    for (const [index, job] of (done?.jobs ?? []).entries()) {
      const result = answer.letters[index];
      if (result === undefined) job.resolve(unreadable('no answer'));
      else job.resolve(result.ok ? ok(result.value) : unreadable(result.error));
    }
    this.#pump();
  }

  #onDeath(lane: Lane<Parsed>): void {
    if (!this.#lanes.delete(lane)) return;
    this.#stopTimer(lane);
    const [culprit, ...innocent] = lane.sent;
    if (!lane.ready) {
      this.#requeue(lane.sent.flatMap(({ jobs }) => jobs));
      this.#failedStarts += 1;
      if (this.#failedStarts >= maxFailedStarts) this.#giveUp();
    } else {
      this.#requeue(innocent.flatMap(({ jobs }) => jobs));
      const jobs = culprit?.jobs ?? [];
      const [first] = jobs;
      if (jobs.length === 1 && first !== undefined) {
        first.resolve(unreadable('the parser crashed or did not end'));
      } else {
        for (const job of jobs) job.suspect = true;
        this.#requeue(jobs);
      }
    }
    this.#pump();
  }

  #requeue(jobs: readonly Job<Parsed>[]): void {
    this.#queue.unshift(...jobs);
    this.#queuedBytes += jobs.reduce((sum, { source }) => sum + source.length, 0);
  }

  #giveUp(): void {
    this.#failedStarts = 0;
    const jobs = this.#queue.splice(0);
    this.#queuedBytes = 0;
    for (const job of jobs) {
      job.resolve(err({ kind: 'parser-unavailable', message: 'parser threads do not start' }));
    }
  }

  #startTimer(lane: Lane<Parsed>): void {
    const limitMs = lane.ready ? (this.#options.timeoutMs ?? defaultTimeoutMs) : startTimeoutMs;
    lane.timer = setTimeout(() => {
      void lane.worker.terminate();
    }, limitMs);
  }

  #stopTimer(lane: Lane<Parsed>): void {
    if (lane.timer !== null) clearTimeout(lane.timer);
    lane.timer = null;
  }
}

function unreadable(message: string): { readonly ok: false; readonly error: ParseError } {
  return err({ kind: 'unreadable', message });
}
