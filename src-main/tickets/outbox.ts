import type { Draft } from '#shared/bridge/draft.ts';
import type { PendingChange, PendingOperation } from '#shared/bridge/pending.ts';
import type { Clock } from '#shared/clock.ts';
import type { OperationId } from '#shared/ids.ts';
import type { OperationAnswer } from '#shared/protocol/operations.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Author } from '#shared/ticket/author.ts';
import { isRecordOfSent, type Operation } from '#shared/ticket/operation.ts';
import type { Journal, JournalError } from '../journal/journal.ts';
import type { JournalRecord } from '../journal/journal-record.ts';
import { pendingOperation } from '../journal/pending-changes.ts';
import type { Log } from '../log.ts';
import type { ApiCallError } from './api-call-error.ts';
import type { ApiClient } from './api-client.ts';
import { chooseBatch } from './choose-batch.ts';
import { backOffMs, type BackOff, type Scheduler } from '../scheduler.ts';
import { Wake } from './wake.ts';

export interface OutboxOptions {
  readonly journal: Journal;
  readonly api: Pick<ApiClient, 'call' | 'subscribe'>;
  readonly author: Author;
  /** Life of the feed as far as it is known. */
  readonly epoch: string | null;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly log: Log;
  /** When the next try starts; null when none is due. */
  readonly onRetry?: (at: number | null) => void;
}

const mostOperations = 500;
const mostBytes = 512 * 1024;
const backOff: BackOff = { firstMs: 2_000, maxMs: 60_000 };

/** Nothing changes by asking more often: somebody has to install a newer desk, or log in. */
const hopelessMs = 300_000;

const ringing: ReadonlySet<PendingChange['kind']> = new Set([
  'operation',
  'operation-removed',
  'draft-removed',
]);

type PushProblem = ApiCallError | JournalError;

/**
 * Pushes operations to the API, oldest first, until each has its answer; the journal remembers both.
 *
 *     idle --operation--> pushing --all answered--> idle
 *                         pushing --failed--> waiting --time, retryNow, API back--> pushing
 *                         pushing --some failed--> idle --operation--> pushing the others
 *                                                  idle --time, retryNow--> pushing all
 *
 * Pushing again is harmless at any time: the API answers an operation id the same for ever.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #work = new Wake();
  readonly #retry = new Wake();
  readonly #closing = new AbortController();
  /** Reports of letters that left which the API cannot read: nothing may hide them, a later API may. */
  readonly #stuck = new Set<OperationId>();
  /** What the API failed at for now, such as all of a damaged ticket. It waits, the others go on. */
  readonly #failed = new Set<OperationId>();
  #failedUntil = 0;
  #failedTimes = 0;
  #epoch: string | null;
  /** The epoch that was given may be newer than the last one that the journal was compared with. */
  #compared = false;
  #phase: 'off' | 'idle' | 'pushing' | 'waiting' = 'off';
  #problem: PushProblem | null = null;
  #roundEnds = Promise.withResolvers<void>();
  #running: Promise<void> = Promise.resolve();

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#epoch = options.epoch;
  }

  start(): void {
    if (this.#phase !== 'off') return;
    this.#phase = 'pushing';
    const { journal, api } = this.#options;
    const unsubscribe = [
      journal.subscribe((change) => {
        // A draft that is gone may have been the letter for which a ticket waited.
        if (ringing.has(change.kind)) this.#work.ring();
      }),
      api.subscribe((problem) => {
        const was = this.#problem?.kind;
        if (problem === null && (was === 'unreachable' || was === 'unauthorised')) this.#retry.ring();
      }),
    ];
    this.#running = this.#run().finally(() => {
      for (const stop of unsubscribe) stop();
    });
  }

  /** Ends a push that is under way; what it might have done is found out by the next one. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  /** Journals an operation; resolves after it is on disk. Made twice, it is the first one. */
  async submit(operation: Operation): Promise<Result<PendingOperation, JournalError>> {
    const { journal } = this.#options;
    const written = await this.submitAll([operation], null);
    if (!written.ok) return written;
    const item = journal.state.operations.get(operation.id);
    return item === undefined ? err({ kind: 'closed' }) : ok(pendingOperation(item));
  }

  /** Journals several at once, together or not at all, and a draft with them. */
  async submitAll(
    operations: readonly Operation[],
    draft: Draft | null,
  ): Promise<Result<void, JournalError>> {
    const { journal, clock, author } = this.#options;
    const { agentId, role } = author;
    const at = clock.now();
    const records = operations.map((operation): JournalRecord => ({
      v: 2,
      at,
      kind: 'operation-submitted',
      operation,
      author: { agentId, role },
    }));
    if (draft !== null) records.push({ v: 2, at: draft.updatedAt, kind: 'draft-saved', draft });
    return await journal.append(records);
  }

  /** The agent gives up an operation that the API refused; those behind it go on. */
  async drop(
    id: OperationId,
  ): Promise<Result<void, JournalError | { readonly kind: 'not-found' | 'conflict' }>> {
    const { journal, clock } = this.#options;
    const item = journal.state.operations.get(id);
    if (item === undefined) return err({ kind: 'not-found' });
    if (item.answer?.outcome !== 'rejected') return err({ kind: 'conflict' });
    return await journal.append({ v: 2, at: clock.now(), kind: 'operation-removed', id });
  }

  /** Tries at once instead of at the next retry. */
  retryNow(): void {
    this.#stuck.clear();
    this.#failed.clear();
    this.#retry.ring();
    this.#work.ring();
  }

  /** Resolves when nothing is left to push, or pushing was tried and failed. */
  async afterPush(): Promise<void> {
    if (this.#phase === 'off' || this.#phase === 'waiting' || this.#closing.signal.aborted) return;
    if (this.#phase === 'idle' && this.#nextBatch(1).length === 0) return;
    await this.#roundEnds.promise;
  }

  /** Offers operations again that were confirmed in another life of the feed: a restored backup may not know them. */
  async noticeEpoch(epoch: string): Promise<void> {
    if (this.#compared && this.#epoch === epoch) return;
    const { journal, clock, log } = this.#options;
    const records: JournalRecord[] = [];
    for (const [id, { answer }] of journal.state.operations) {
      if (answer?.outcome === 'applied' && answer.epoch !== epoch) {
        records.push({ v: 2, at: clock.now(), kind: 'operation-reoffered', id });
      }
    }
    const written = await journal.append(records);
    // Not remembered when it failed: the next page of the feed brings the epoch again.
    if (written.ok) [this.#epoch, this.#compared] = [epoch, true];
    if (records.length > 0) log.info('outbox.epoch', { reoffered: records.length, written: written.ok });
  }

  async #run(): Promise<void> {
    const { scheduler, clock, log, onRetry = () => {} } = this.#options;
    const { signal } = this.#closing;
    let failures = 0;
    while (!signal.aborted) {
      this.#phase = 'pushing';
      this.#problem = null;
      this.#retry.silence();
      this.#problem = await this.#pushAll();
      const ended = this.#roundEnds;
      this.#roundEnds = Promise.withResolvers();
      this.#phase = this.#problem === null ? 'idle' : 'waiting';
      ended.resolve();
      if (this.#problem === null) {
        failures = 0;
        await this.#rest();
      } else if (!signal.aborted) {
        failures += 1;
        const waitMs = waitAfter(this.#problem, failures, scheduler.random());
        log.warn('outbox.waits', { kind: this.#problem.kind, failures, waitMs });
        onRetry(clock.now() + waitMs);
        await this.#retry.waitAtMost(waitMs, scheduler, signal);
      }
    }
    this.#phase = 'off';
    this.#roundEnds.resolve();
  }

  /** Waits for work; what failed for now is offered again after longer and longer times, whatever else comes meanwhile. */
  async #rest(): Promise<void> {
    const { scheduler, clock, log, onRetry = () => {} } = this.#options;
    const { signal } = this.#closing;
    if (this.#failed.size === 0) {
      [this.#failedTimes, this.#failedUntil] = [0, 0];
      onRetry(null);
      await this.#work.wait(signal);
      return;
    }
    if (this.#failedUntil <= clock.now()) {
      this.#failedTimes += 1;
      this.#failedUntil = clock.now() + backOffMs(backOff, this.#failedTimes, scheduler.random());
      log.warn('outbox.some-failed', { operations: this.#failed.size, times: this.#failedTimes });
    }
    onRetry(this.#failedUntil);
    // The computer's clock may have been set back meanwhile.
    const waitMs = Math.min(this.#failedUntil - clock.now(), backOff.maxMs);
    if (await this.#work.waitAtMost(waitMs, scheduler, signal)) return;
    this.#failed.clear();
    this.#failedUntil = 0;
  }

  /** Pushes batch after batch; null when nothing is left. */
  async #pushAll(): Promise<PushProblem | null> {
    const { api } = this.#options;
    const { signal } = this.#closing;
    let most = mostOperations;
    for (;;) {
      const operations = this.#nextBatch(most);
      if (operations.length === 0) return null;
      const pushed = await api.call('pushOperations', { body: { operations } }, { signal });
      if (!pushed.ok && pushed.error.kind === 'invalid') {
        // One that the API cannot read must not hold back the others: smaller batches find it.
        most = Math.ceil(operations.length / 2);
        const [only] = operations;
        if (operations.length > 1 || only === undefined) continue;
        const problem = await this.#giveUp(only);
        if (problem !== null) return problem;
        most = mostOperations;
        continue;
      }
      if (!pushed.ok && pushed.error.kind === 'internal') {
        for (const { id } of operations) this.#failed.add(id);
        continue;
      }
      if (!pushed.ok) return pushed.error;
      const problem = await this.#record(operations, pushed.value.answers);
      if (problem !== null) return problem;
    }
  }

  async #record(
    operations: readonly Operation[],
    answers: readonly OperationAnswer[],
  ): Promise<PushProblem | null> {
    const { journal, clock, log } = this.#options;
    const asked = new Set(operations.map(({ id }) => id));
    const at = clock.now();
    const records: JournalRecord[] = [];
    let rejected = 0;
    for (const answer of answers) {
      // Blocked ones stay as they are and go again when the way is free.
      if (!asked.delete(answer.id) || answer.outcome === 'blocked') continue;
      const said =
        answer.outcome === 'applied'
          ? { outcome: answer.outcome, version: answer.version, epoch: this.#epoch }
          : { outcome: answer.outcome, rejection: answer.rejection };
      rejected += Number(answer.outcome === 'rejected');
      records.push({ v: 2, at, kind: 'operation-answered', id: answer.id, answer: said });
    }
    const written = await journal.append(records);
    log.info('outbox.pushed', { operations: operations.length, answered: records.length, rejected });
    if (!written.ok) return written.error;
    // Left out because it failed for now; without any progress the same batch would go round and round.
    const failed = records.length === 0 ? operations.map(({ id }) => id) : asked;
    for (const id of failed) this.#failed.add(id);
    return null;
  }

  /** An operation that the API cannot read is refused; its ticket waits for the agent's decision. */
  async #giveUp(operation: Operation): Promise<PushProblem | null> {
    const { journal, clock, log } = this.#options;
    const { id } = operation;
    log.error('outbox.unreadable', { operationId: id });
    if (isRecordOfSent(operation)) {
      this.#stuck.add(id);
      return null;
    }
    const answer = { outcome: 'rejected', rejection: { kind: 'unreadable' } } as const;
    const written = await journal.append({ v: 2, at: clock.now(), kind: 'operation-answered', id, answer });
    return written.ok ? null : written.error;
  }

  #nextBatch(operations: number): Operation[] {
    const { journal, author } = this.#options;
    return chooseBatch(journal.state, author.agentId, new Set([...this.#stuck, ...this.#failed]), {
      operations,
      bytes: mostBytes,
    });
  }
}

function waitAfter(problem: PushProblem, failures: number, random: number): number {
  const hopeless = problem.kind === 'upgrade-required' || problem.kind === 'unauthorised';
  const atLeastMs = 'retryAfterMs' in problem ? problem.retryAfterMs : undefined;
  return backOffMs(backOff, failures, random, hopeless ? hopelessMs : atLeastMs);
}
