import type { ParsePool } from '#main/mailbox/parse/parse-pool.ts';
import type { ReadLetter } from '#main/mailbox/frame-lines.ts';
import type { IngestPort } from '#main/mailbox/ingest-port.ts';
import type { MailConnectionOptions } from '#main/mailbox/mail-connection.ts';
import type { MailTimes } from '#main/mailbox/mail-times.ts';
import { MailboxEngine, type MailboxStatus } from '#main/mailbox/mailbox-engine.ts';
import { openImap } from '#main/mailbox/open-imap.ts';
import type { MailboxRecord } from '#shared/protocol/mailbox-record.ts';
import { DeskBase } from './desk-base.ts';

/** Product's waits, about three hundred times shorter: the order of things is the same. */
export const fastTimes: MailTimes = {
  connectMs: 2_000,
  socketTimeoutMs: 350,
  autoIdleMs: 2,
  idleMs: 150,
  pollMs: 60,
  fullCheckMs: 250,
  reconnect: { firstMs: 5, longestMs: 50, credentialsMs: 50, settledMs: 200 },
  politeMs: 5,
  syncAgainMs: 30,
  leftAgainMs: 20,
  unreadableAgainMs: 150,
  stalledMs: 60_000,
  ingest: { renewMs: 40, firstRetryMs: 10, longestRetryMs: 60 },
};

/** Collaborators of a desk, changed on their way in: how a bug is planted. */
export interface DeskPlant {
  readonly open?: (open: MailConnectionOptions['open']) => MailConnectionOptions['open'];
  readonly api?: (api: IngestPort) => IngestPort;
}

export interface FaultedDeskOptions {
  readonly times?: MailTimes;
  readonly record: MailboxRecord;
  readonly api: IngestPort;
  readonly parser: ParsePool<ReadLetter>;
  readonly random: () => number;
  readonly plant: DeskPlant;
}

/** A desk's mailbox engine with its cache, which may be stopped and started again. */
export class FaultedDesk {
  readonly base = new DeskBase();
  status: MailboxStatus | null = null;
  /** What it logged, with counts. */
  readonly events = new Map<string, number>();
  /** Moves the desk's own clock; the API's stays right. */
  clockOffsetMs = 0;
  readonly #options: FaultedDeskOptions;
  #engine: MailboxEngine | null = null;

  constructor(options: FaultedDeskOptions) {
    this.#options = options;
  }

  start(): void {
    const { record, api, parser, random, plant, times = fastTimes } = this.#options;
    const { imap: server, certificateAuthority } = record;
    const open: MailConnectionOptions['open'] = (onClose) =>
      openImap({ server, certificateAuthority, times, onClose });
    const note = (event: string): void => {
      this.events.set(event, (this.events.get(event) ?? 0) + 1);
    };
    const engine = new MailboxEngine({
      record,
      api: plant.api?.(api) ?? api,
      open: plant.open?.(open) ?? open,
      parser,
      times,
      clock: { now: () => Date.now() + this.clockOffsetMs },
      random,
      log: { info: note, warn: note, error: note },
      onStatus: (status) => {
        this.status = status;
      },
    });
    this.#engine = engine;
    engine.start();
    this.#read(engine, 1);
  }

  stop(): void {
    const engine = this.#engine;
    this.#engine = null;
    engine?.close();
  }

  #read(engine: MailboxEngine, stream: number): void {
    engine.openStream(
      stream,
      this.base.request(),
      (bytes) => {
        if (this.#engine !== engine) return;
        this.base.take(bytes);
        engine.taken(stream, bytes.length);
      },
      () => {
        if (this.#engine === engine) this.#read(engine, stream + 1);
      },
    );
  }
}
