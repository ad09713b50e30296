import type { Clock } from '#shared/clock.ts';
import type { OutgoingId } from '#shared/ids.ts';
import type { MailboxRecord } from '#shared/protocol/mailbox-record.ts';
import type { LeaseSendAnswer, SendReport, SendRequest } from '#shared/protocol/send-request.ts';
import type { Result } from '#shared/result.ts';
import type { Log } from '../log.ts';
import { deliverBySmtp, type DeliveryOutcome } from '../outgoing/deliver-by-smtp.ts';
import type { SentFolder } from '../outgoing/letter-carrier.ts';
import { smtpLimits, type SmtpLimits } from '../outgoing/open-smtp.ts';
import type { Scheduler } from '../scheduler.ts';
import { freezeAutomaticLetter } from './freeze-automatic-letter.ts';

type Problem = { readonly kind: string };

export interface AutomaticLettersPorts {
  lease(): Promise<Result<LeaseSendAnswer, Problem>>;
  report(id: OutgoingId, report: Omit<SendReport, 'deskId'>): Promise<Result<unknown, Problem>>;
  /** Null until the mailbox record is known. */
  mailbox(): MailboxRecord | null;
  /** People's letters go first. */
  isBusy(): boolean;
  readonly sentFolder: Pick<SentFolder, 'fileSentCopy'>;
  /** Corrected by the API's clock. */
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly log: Log;
  readonly smtpLimits?: SmtpLimits;
}

/** A minute is early enough for a receipt, and all desks together ask no more often than people look at their mail. */
const everyMs = 60_000;

/** A word that the API has not heard yet. */
interface Unsaid {
  readonly id: OutgoingId;
  readonly report: Omit<SendReport, 'deskId'>;
}

/**
 * Sends the automatic letters that the API asks for, one at a time, while nothing of the agent's own is on its way.
 *
 * Nothing is written to the journal: the API keeps the letter and its state. Before the final dot it is told that the
 * letter leaves, and without its answer the dot is not sent; so a desk that dies after that never makes another send the
 * letter again, and one that dies before it leaves it to another. What became of it is told until the API has heard it.
 */
export class AutomaticLetters {
  readonly #ports: AutomaticLettersPorts;
  readonly #closing = new AbortController();
  readonly #unsaid: Unsaid[] = [];
  readonly #unfiled = new Map<string, Uint8Array>();
  #running: Promise<void> = Promise.resolve();

  constructor(ports: AutomaticLettersPorts) {
    this.#ports = ports;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Ends an attempt that is under way; after its final dot the server's word is waited for a moment. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  /** Sends what there is to send now. */
  async sendAll(): Promise<void> {
    await this.#sayAgain();
    await this.#fileAgain();
    while (!this.#closing.signal.aborted && !this.#ports.isBusy()) {
      const mailbox = this.#ports.mailbox();
      // What became of the last one comes before the next one.
      if (mailbox === null || this.#unsaid.length > 0) return;
      const leased = await this.#ports.lease();
      if (!leased.ok || leased.value.request === null) return;
      await this.#send(leased.value.request, mailbox);
    }
  }

  async #run(): Promise<void> {
    const { scheduler, log } = this.#ports;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        await this.sendAll();
      } catch (error) {
        log.error('automatic.fault', { fault: error instanceof Error ? error.name : 'unknown' });
      }
      await scheduler.delay(everyMs * (0.75 + scheduler.random() / 2), signal);
    }
  }

  async #send(request: SendRequest, mailbox: MailboxRecord): Promise<void> {
    const { clock, log } = this.#ports;
    const from = { name: mailbox.displayName, address: mailbox.address };
    const say = async (outcome: SendReport['outcome']): Promise<void> =>
      await this.#say({ id: request.id, report: { outcome, at: clock.now(), from } });
    const frozen = await freezeAutomaticLetter(request, mailbox, clock.now());
    if (!frozen.ok) {
      log.warn('automatic.not-made', { id: request.id, reason: frozen.error.kind });
      await say('refused');
      return;
    }
    const { envelope, source, messageId } = frozen.value;
    const limits = this.#ports.smtpLimits ?? smtpLimits;
    const outcome = await deliverBySmtp(
      { server: mailbox.smtp, certificateAuthority: mailbox.certificateAuthority },
      envelope,
      source,
      {
        connected: () => Promise.resolve(),
        flushing: async () => {
          const report = { outcome: 'leaving', at: clock.now(), from } as const;
          const told = await this.#ports.report(request.id, report);
          if (!told.ok) throw new Error(told.error.kind);
        },
      },
      this.#closing.signal,
      limits,
    );
    log.info('automatic.attempt', { id: request.id, outcome: outcome.kind });
    await say(wordOn(outcome));
    if (outcome.kind !== 'accepted') return;
    this.#unfiled.set(messageId, source);
    await this.#fileAgain();
  }

  /** Tells the API; a word that it could not hear is kept. One that it refuses has nothing to add any more. */
  async #say(word: Unsaid): Promise<void> {
    const told = await this.#ports.report(word.id, word.report);
    if (!told.ok && !isFinal(told.error)) this.#unsaid.push(word);
  }

  async #sayAgain(): Promise<void> {
    for (const word of this.#unsaid.splice(0)) await this.#say(word);
  }

  /** Sees to one copy in Sent; the search comes before the append, so that doing it again is harmless. */
  async #fileAgain(): Promise<void> {
    for (const [messageId, source] of this.#unfiled) {
      const filed = await this.#ports.sentFolder.fileSentCopy(messageId, source);
      if (filed.ok) this.#unfiled.delete(messageId);
    }
  }
}

function isFinal({ kind }: Problem): boolean {
  return kind === 'conflict' || kind === 'not-found' || kind === 'invalid' || kind === 'forbidden';
}

function wordOn(outcome: DeliveryOutcome): Exclude<SendReport['outcome'], 'leaving'> {
  switch (outcome.kind) {
    case 'accepted':
      return 'sent';
    case 'refused':
      return outcome.permanent ? 'refused' : 'not-sent';
    case 'not-sent':
    case 'stopped':
      return 'not-sent';
    case 'uncertain':
      return 'uncertain';
  }
}
