import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Draft, Outgoing } from '#shared/bridge/draft.ts';
import type { AgentId } from '#shared/ids.ts';
import type { OperationAnswer } from '#shared/protocol/operations.ts';
import type { MailboxRecord } from '#shared/protocol/mailbox-record.ts';
import type { Result } from '#shared/result.ts';
import type { Author } from '#shared/ticket/author.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { AttachmentStore } from '#main/journal/attachment-store.ts';
import type { Disk } from '#main/journal/disk.ts';
import { Journal } from '#main/journal/journal.ts';
import { referencedAttachments } from '#main/journal/journal-state.ts';
import type { CarrierPorts } from '#main/outgoing/letter-carrier.ts';
import { OutgoingQueue } from '#main/outgoing/outgoing-queue.ts';
import type { SmtpLimits } from '#main/outgoing/open-smtp.ts';
import type { Scheduler } from '#main/scheduler.ts';
import type { ApiClient } from '#main/tickets/api-client.ts';
import { Outbox } from '#main/tickets/outbox.ts';
import { testKey } from '#test/unit/journal/journal-key.ts';

/** What a desk meets outside of its own process. */
export interface SendPorts {
  readonly dir: string;
  readonly disk: Disk;
  readonly smtpPort: () => number;
  readonly smtpLimits: SmtpLimits;
  readonly claimSend: CarrierPorts['claimSend'];
  readonly push: (
    operations: readonly Operation[],
  ) => Promise<
    Result<{ answers: OperationAnswer[] }, { readonly kind: 'unreachable'; readonly message: string }>
  >;
  readonly sentFolder: CarrierPorts['sentFolder'];
  readonly clock: PassingClock;
  readonly random: () => number;
}

/** Time that passes when nothing else is left to do. */
export class PassingClock {
  #now = Date.UTC(2026, 10, 20, 9);

  now(): number {
    return this.#now;
  }

  /** Longer than any wait and any lease. */
  pass(): void {
    this.#now += 3_600_000;
  }
}

const author: Author = { agentId: '01900000-0000-7000-8000-00000000000a' as AgentId, role: 'agent' };
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const mostRounds = 60;

/** The real outgoing queue, outbox and journal of a desk on a folder, between ports that fail. */
export class SendDesk {
  readonly journal: Journal;
  readonly queue: OutgoingQueue;
  readonly #outbox: Outbox;
  readonly #ports: SendPorts;
  readonly #waits: Set<() => void>;

  private constructor(
    ports: SendPorts,
    made: { journal: Journal; queue: OutgoingQueue; outbox: Outbox; waits: Set<() => void> },
  ) {
    this.#ports = ports;
    this.journal = made.journal;
    this.queue = made.queue;
    this.#outbox = made.outbox;
    this.#waits = made.waits;
  }

  /** Opens the folder and takes up what an earlier life left, as a desk does at its start. */
  static async open(ports: SendPorts): Promise<SendDesk> {
    const { dir, disk, clock } = ports;
    await mkdir(dir, { recursive: true });
    const opened = await Journal.open({ dir, key: testKey, clock, disk });
    if (!opened.ok) throw new Error(`the journal does not open: ${opened.error.kind}`);
    const journal = opened.value;
    if (journal.damage !== null) throw new Error('the journal is damaged');
    const attachments = await AttachmentStore.open({
      dir: join(dir, 'files'),
      key: testKey,
      referenced: referencedAttachments(journal.state),
      maxBytes: 50_000_000,
    });
    if (!attachments.ok) throw new Error(`the store does not open: ${attachments.error.kind}`);
    const waits = new Set<() => void>();
    const scheduler = schedulerOf(waits, ports.random);
    const queue = new OutgoingQueue({
      journal,
      attachments: attachments.value,
      claimSend: ports.claimSend,
      mailbox: () => recordOf(ports.smtpPort()),
      sentFolder: ports.sentFolder,
      author,
      clock,
      scheduler,
      log: quiet,
      smtpLimits: ports.smtpLimits,
    });
    const api = {
      call: (_name: string, { body }: { body: { operations: readonly Operation[] } }) =>
        ports.push(body.operations),
      subscribe: () => () => {},
    };
    const outbox = new Outbox({
      journal,
      // The outbox calls one route only.
      api: api as unknown as Pick<ApiClient, 'call' | 'subscribe'>,
      author,
      epoch: 'e1',
      clock,
      scheduler,
      log: quiet,
    });
    outbox.start();
    await queue.start();
    return new SendDesk(ports, { journal, queue, outbox, waits });
  }

  async save(draft: Draft): Promise<void> {
    const at = this.#ports.clock.now();
    const saved = await this.journal.append({ v: 2, at, kind: 'draft-saved', draft });
    if (!saved.ok) throw new Error(`the draft is not saved: ${saved.error.kind}`);
  }

  /** Sends what lies there as a draft, as its agent would; an agent who leaves meanwhile does so another time. */
  async sendDrafts(): Promise<void> {
    for (const id of this.journal.state.drafts.keys()) {
      const sent = await this.queue.send(id, 0);
      if (!sent.ok && sent.error.kind !== 'closed')
        throw new Error(`the draft is not sent: ${sent.error.kind}`);
    }
  }

  /** Lets the desk work, and time pass, until nothing is left to do or so many rounds are over. True: nothing is left. */
  async work(rounds = mostRounds, onWait: () => void = () => {}): Promise<boolean> {
    for (let round = 0; round < rounds; round += 1) {
      await this.queue.letGo();
      await this.#outbox.afterPush();
      if (this.#isDone()) return true;
      onWait();
      this.#ports.clock.pass();
      for (const end of this.#waits) end();
      await new Promise(setImmediate);
    }
    return false;
  }

  async close(): Promise<void> {
    await Promise.all([this.queue.close(), this.#outbox.close()]);
    await this.journal.close();
  }

  #isDone(): boolean {
    const { operations, outgoing } = this.journal.state;
    return (
      [...operations.values()].every(({ answer }) => answer !== null) &&
      [...outgoing.values()].every((item) => isSettled(item.outgoing))
    );
  }
}

/** Whether only its agent may still bring the letter on. */
function isSettled({ state, filed, recipients }: Outgoing): boolean {
  switch (state) {
    case 'queued':
    case 'sending':
      return false;
    case 'sent':
      return filed;
    case 'partial':
      return filed && recipients.every((one) => one.state === 'accepted' || one.state === 'refused');
    case 'uncertain':
    case 'held':
    case 'failed':
      return true;
  }
}

function schedulerOf(waits: Set<() => void>, random: () => number): Scheduler {
  return {
    delay: (_ms, signal) =>
      new Promise((resolve) => {
        const end = (): void => {
          waits.delete(end);
          resolve();
        };
        if (signal.aborted) return resolve();
        waits.add(end);
        signal.addEventListener('abort', end, { once: true });
      }),
    random,
  };
}

/** The mailbox of every desk here. */
export function recordOf(port: number): MailboxRecord {
  const server = {
    host: '127.0.0.1',
    port,
    security: 'none',
    allowPlainText: false,
    user: 'desk',
    password: 'secret',
  } as const;
  return {
    revision: 1,
    address: 'info@service.example',
    displayName: 'СТП',
    ownAddresses: [],
    imap: server,
    smtp: server,
    certificateAuthority: null,
    sentFolder: null,
    ticketsFrom: 0,
  };
}
