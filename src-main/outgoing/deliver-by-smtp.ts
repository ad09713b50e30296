import { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import type { Envelope } from './envelope.ts';
import {
  openSmtp,
  quitSmtp,
  smtpLimits,
  smtpProblemOf,
  type SmtpLimits,
  type SmtpProblem,
  type SmtpRoute,
} from './open-smtp.ts';
import type { SmtpTranscript } from './smtp-transcript.ts';

/** What the server said of one recipient; deferred ones may be tried again under the same Message-ID. */
export interface RecipientResult {
  readonly address: string;
  readonly state: 'accepted' | 'deferred' | 'refused';
}

/** What the server said of one recipient before the letter's end; `waiting` ones get the letter when it is taken. */
export interface RecipientWord {
  readonly address: string;
  readonly state: 'waiting' | 'deferred' | 'refused';
}

export type DeliveryOutcome =
  /** The server took responsibility for the accepted recipients. */
  | { readonly kind: 'accepted'; readonly recipients: readonly RecipientResult[]; readonly words: string }
  /** The server's word: no recipient was accepted, or the letter was refused. Permanent: trying again is no use. */
  | {
      readonly kind: 'refused';
      readonly what: 'letter' | 'recipients' | 'size';
      readonly permanent: boolean;
      readonly recipients: readonly RecipientResult[];
      readonly words: string;
    }
  /** Ended before the last byte was let go: surely not delivered. */
  | { readonly kind: 'not-sent'; readonly problem: SmtpProblem }
  /** The same, ended by ourselves: the desk closes, or a step could not be written. The server did nothing wrong. */
  | { readonly kind: 'stopped' }
  /** The connection ended between the last byte and the server's word: nobody here can know. */
  | { readonly kind: 'uncertain' };

/** Moments of a delivery that have to be on disk before it goes on. A rejection of either ends it. */
export interface DeliverySteps {
  /** Logged in; nothing of the letter was sent yet. */
  connected(): Promise<void>;
  /** The whole letter is handed over but for the final dot, without which no server delivers it. */
  flushing(recipients: readonly RecipientWord[]): Promise<void>;
}

/**
 * Sends frozen bytes once over one SMTP connection and says what became of them.
 *
 * Never throws and never retries. Login is required when the record has a password. `steps.flushing` is awaited
 * between the last content byte and the final dot, so that a journal record of it precedes any possible delivery.
 */
export async function deliverBySmtp(
  route: SmtpRoute,
  envelope: Envelope,
  source: Uint8Array,
  steps: DeliverySteps,
  stop: AbortSignal,
  limits: SmtpLimits = smtpLimits,
): Promise<DeliveryOutcome> {
  const opened = await openSmtp(route, stop, limits);
  if (opened.kind === 'problem') {
    return stop.aborted ? { kind: 'stopped' } : { kind: 'not-sent', problem: opened.problem };
  }
  const { connection, transcript } = opened;
  let flushed = false;
  const stopped = stopAfter(stop, () => (flushed ? limits.lastWordMs : 0));
  try {
    await step(steps.connected());
    const body = Readable.from(
      (async function* content() {
        yield source;
        await step(steps.flushing(envelope.to.map((address) => recipientWord(address, transcript))));
        flushed = true;
      })(),
      { objectMode: false },
    );
    const sending = send(connection, envelope, source.byteLength, body);
    const info = await Promise.race([sending, stopped.promise]);
    if (!transcript.isHandedOver) throw new EarlyWord();
    quitSmtp(connection, limits);
    const recipients = envelope.to.map((address) => resultOf(address, transcript, 'accepted'));
    return { kind: 'accepted', recipients, words: info.response };
  } catch (error) {
    // Cuts the letter off from the socket at once: what was not let go by now never will be.
    connection.close();
    if (error instanceof Stopped && !flushed) return { kind: 'stopped' };
    return outcomeOf(error, flushed, envelope, transcript);
  } finally {
    stopped.cancel();
  }
}

/** We end this delivery ourselves. */
class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** The server spoke out of turn: it cannot mean a letter whose end it has not got. */
class EarlyWord extends Error {
  override readonly name = 'EarlyWord';
  readonly code = 'EPROTOCOL';
}

/** A step that cannot be written ends the delivery. */
async function step(writing: Promise<void>): Promise<void> {
  try {
    await writing;
  } catch {
    throw new Stopped();
  }
}

/** Rejects some time after the signal; the time is asked for then. */
function stopAfter(
  signal: AbortSignal,
  delayMs: () => number,
): { readonly promise: Promise<never>; readonly cancel: () => void } {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => {});
  let timer: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    timer = setTimeout(() => reject(new Stopped()), delayMs());
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return {
    promise,
    cancel() {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    },
  };
}

function send(
  connection: SMTPConnection,
  envelope: Envelope,
  size: number,
  body: Readable,
): Promise<SMTPConnectionSendInfo> {
  return new Promise((resolve, reject) => {
    connection.send({ from: envelope.from, to: [...envelope.to], size }, body, (error, info) => {
      if (error) reject(error);
      else if (info) resolve(info);
    });
  });
}

/** What nodemailer says of an error, as far as it is used here. */
interface SmtpFailure {
  readonly code?: string | undefined;
  readonly command?: string | undefined;
  readonly response?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly rejectedErrors?: readonly unknown[] | undefined;
}

function outcomeOf(
  error: unknown,
  flushed: boolean,
  envelope: Envelope,
  transcript: SmtpTranscript,
): DeliveryOutcome {
  const failure = error as SmtpFailure;
  const { responseCode } = failure;
  const isWord = responseCode !== undefined && responseCode >= 400 && failure.command !== 'CONN';
  if (isWord && (failure.code === 'EENVELOPE' || failure.code === 'EMESSAGE')) {
    const permanent = responseCode >= 500;
    const state = permanent ? 'refused' : 'deferred';
    return {
      kind: 'refused',
      what: refusedWhat(failure),
      permanent,
      // For good is for everybody; for now leaves those alone who were refused for good.
      recipients: envelope.to.map((address) =>
        permanent && failure.rejectedErrors === undefined
          ? { address, state }
          : resultOf(address, transcript, state),
      ),
      words: failure.response ?? '',
    };
  }
  if (failure.code === 'EMESSAGE' && failure.command === 'MAIL FROM') {
    // The server's announced size limit (RFC 1870): refused before anything was sent.
    const recipients = envelope.to.map((address) => ({ address, state: 'refused' as const }));
    return { kind: 'refused', what: 'size', permanent: true, recipients, words: '' };
  }
  if (flushed) return { kind: 'uncertain' };
  return { kind: 'not-sent', problem: smtpProblemOf(error) };
}

/** RFC 1870 §6.1: 552 with 5.3.4 is about the size; a plain 552 also says that the recipient's mailbox is full. */
function refusedWhat({ rejectedErrors, response = '' }: SmtpFailure): 'letter' | 'recipients' | 'size' {
  if (rejectedErrors !== undefined) return 'recipients';
  return /^\d{3}[ -]5\.3\.4\b/u.test(response) ? 'size' : 'letter';
}

function recipientWord(address: string, transcript: SmtpTranscript): RecipientWord {
  const code = transcript.codeOf(address);
  if (code === null || (code >= 200 && code < 300)) return { address, state: 'waiting' };
  return { address, state: code < 500 ? 'deferred' : 'refused' };
}

/** What the server said of the recipient itself, else `otherwise`. */
function resultOf(
  address: string,
  transcript: SmtpTranscript,
  otherwise: RecipientResult['state'],
): RecipientResult {
  const { state } = recipientWord(address, transcript);
  return { address, state: state === 'waiting' ? otherwise : state };
}
