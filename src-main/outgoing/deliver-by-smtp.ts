import { Readable } from 'node:stream';
import SMTPConnection, { type SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import type { MailServer } from '#shared/protocol/mailbox-record.ts';
import { isCertificateProblem } from '../network/certificate-problem.ts';
import { isLoopback } from '../network/is-loopback.ts';
import { trustedRoots } from '../network/trusted-roots.ts';
import type { Envelope } from './envelope.ts';

/** Where a letter goes out. */
export interface SmtpRoute {
  readonly server: MailServer;
  /** PEM of the service's own certificate authority, or null. */
  readonly certificateAuthority: string | null;
}

export type SmtpProblem =
  'unreachable' | 'bad-certificate' | 'refused-login' | 'plain-text-refused' | 'unexpected-answer';

/** What the server said of one recipient; deferred ones may be tried again under the same Message-ID. */
export interface RecipientResult {
  readonly address: string;
  readonly state: 'accepted' | 'deferred' | 'refused';
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
  flushing(): Promise<void>;
}

const connectTimeoutMs = 30_000;
const greetingTimeoutMs = 30_000;
/** From the first packet to a log-in. */
const openTimeoutMs = 60_000;
/** RFC 5321 §4.5.3.2.6 asks for ten minutes after the final dot. */
const socketTimeoutMs = 600_000;
/** How long the server's word is still waited for when the desk closes after the final dot. */
const lastWordMs = 3_000;

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
): Promise<DeliveryOutcome> {
  const opened = await openSmtp(route, stop);
  if (opened.kind === 'problem') {
    return stop.aborted ? { kind: 'stopped' } : { kind: 'not-sent', problem: opened.problem };
  }
  const { connection } = opened;
  let flushed = false;
  const stopped = stopAfter(stop, () => (flushed ? lastWordMs : 0));
  try {
    await step(steps.connected());
    const body = Readable.from(
      (async function* content() {
        yield source;
        await step(steps.flushing());
        flushed = true;
      })(),
      { objectMode: false },
    );
    const sending = send(connection, envelope, source.byteLength, body);
    const info = await Promise.race([sending, stopped.promise]);
    connection.quit();
    return { kind: 'accepted', recipients: recipientResults(envelope, info), words: info.response };
  } catch (error) {
    // Destroys the socket at once: what was not let go by now never will be.
    connection.close();
    if (error instanceof Stopped && !flushed) return { kind: 'stopped' };
    return outcomeOf(error, flushed, envelope);
  } finally {
    stopped.cancel();
  }
}

/** We end this delivery ourselves. */
class Stopped extends Error {
  override readonly name = 'Stopped';
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

/** Connects, logs in and leaves; null when all went well. */
export async function testSmtp(route: SmtpRoute): Promise<SmtpProblem | null> {
  const opened = await openSmtp(route, AbortSignal.timeout(openTimeoutMs));
  if (opened.kind === 'problem') return opened.problem;
  opened.connection.quit();
  return null;
}

type Opened =
  | { readonly kind: 'open'; readonly connection: SMTPConnection }
  | { readonly kind: 'problem'; readonly problem: SmtpProblem };

async function openSmtp({ server, certificateAuthority }: SmtpRoute, stop: AbortSignal): Promise<Opened> {
  if (server.security === 'none' && !server.allowPlainText && !isLoopback(server.host)) {
    return { kind: 'problem', problem: 'plain-text-refused' };
  }
  const connection = new SMTPConnection({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: greetingTimeoutMs,
    socketTimeout: socketTimeoutMs,
    allowInternalNetworkInterfaces: true,
    tls: { ca: trustedRoots(certificateAuthority) },
    // The name of a workstation is nobody's business; an address literal of loopback is what mail programs send.
    name: '[127.0.0.1]',
  });
  // One listener stays for good: errors of a connection that is being left behind must not become uncaught.
  const failed = new Promise<never>((_resolve, reject) => {
    connection.on('error', reject);
  });
  failed.catch(() => {});
  const limit = stopAfter(AbortSignal.any([stop, AbortSignal.timeout(openTimeoutMs)]), () => 0);
  const ends = [failed, limit.promise];
  try {
    await Promise.race([...ends, callback((done) => connection.connect(done))]);
    if (server.password !== '') {
      const auth = { user: server.user, pass: server.password };
      await Promise.race([...ends, callback((done) => connection.login(auth, done))]);
    }
    return { kind: 'open', connection };
  } catch (error) {
    connection.close();
    return { kind: 'problem', problem: problemOf(error) };
  } finally {
    limit.cancel();
  }
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

/** Adapts nodemailer's callbacks; only the error matters. */
function callback(start: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

/** What nodemailer says of an error, as far as it is used here. */
interface SmtpFailure {
  readonly code?: string | undefined;
  readonly command?: string | undefined;
  readonly response?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly rejectedErrors?: readonly SmtpRejection[] | undefined;
}

interface SmtpRejection {
  readonly recipient?: string | undefined;
  readonly responseCode?: number | undefined;
}

function outcomeOf(error: unknown, flushed: boolean, envelope: Envelope): DeliveryOutcome {
  const failure = error as SmtpFailure;
  const { responseCode } = failure;
  const isWord = responseCode !== undefined && responseCode >= 400 && failure.command !== 'CONN';
  if (isWord && (failure.code === 'EENVELOPE' || failure.code === 'EMESSAGE')) {
    return {
      kind: 'refused',
      what: refusedWhat(failure),
      permanent: responseCode >= 500,
      recipients: refusals(envelope, failure),
      words: failure.response ?? '',
    };
  }
  if (failure.code === 'EMESSAGE' && failure.command === 'MAIL FROM') {
    // The server's announced size limit (RFC 1870): refused before anything was sent.
    return {
      kind: 'refused',
      what: 'size',
      permanent: true,
      recipients: refusals(envelope, failure),
      words: '',
    };
  }
  if (flushed) return { kind: 'uncertain' };
  return { kind: 'not-sent', problem: problemOf(error) };
}

/** RFC 1870 §6.1: 552 with 5.3.4 is about the size; a plain 552 also says that the recipient's mailbox is full. */
function refusedWhat({ rejectedErrors, response = '' }: SmtpFailure): 'letter' | 'recipients' | 'size' {
  if (rejectedErrors !== undefined) return 'recipients';
  return /^\d{3}[ -]5\.3\.4\b/u.test(response) ? 'size' : 'letter';
}

function problemOf(error: unknown): SmtpProblem {
  if (isCertificateProblem(error)) return 'bad-certificate';
  switch ((error as SmtpFailure).code) {
    case 'EAUTH':
    case 'ENOAUTH':
      return 'refused-login';
    case 'EPROTOCOL':
    case 'ETLS':
      return 'unexpected-answer';
    default:
      return 'unreachable';
  }
}

function recipientResults(envelope: Envelope, info: SMTPConnectionSendInfo): RecipientResult[] {
  const accepted = new Set(info.accepted);
  return envelope.to.map((address) => ({
    address,
    state: accepted.has(address) ? 'accepted' : stateOf(address, info.rejectedErrors ?? []),
  }));
}

function refusals(envelope: Envelope, failure: SmtpFailure): RecipientResult[] {
  const { rejectedErrors } = failure;
  if (rejectedErrors !== undefined) {
    return envelope.to.map((address) => ({ address, state: stateOf(address, rejectedErrors) }));
  }
  const state = (failure.responseCode ?? 500) >= 500 ? 'refused' : 'deferred';
  return envelope.to.map((address) => ({ address, state }));
}

function stateOf(address: string, errors: readonly SmtpRejection[]): 'deferred' | 'refused' {
  const code = errors.find(({ recipient }) => recipient === address)?.responseCode ?? 500;
  return code < 500 ? 'deferred' : 'refused';
}
