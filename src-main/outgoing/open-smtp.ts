import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { MailServer } from '#shared/protocol/mailbox-record.ts';
import { isCertificateProblem } from '../network/certificate-problem.ts';
import { isLoopback } from '../network/is-loopback.ts';
import { trustedRoots } from '../network/trusted-roots.ts';
import { SmtpTranscript } from './smtp-transcript.ts';

/** Where a letter goes out. */
export interface SmtpRoute {
  readonly server: MailServer;
  /** PEM of the service's own certificate authority, or null. */
  readonly certificateAuthority: string | null;
}

export type SmtpProblem =
  'unreachable' | 'bad-certificate' | 'refused-login' | 'plain-text-refused' | 'unexpected-answer';

/** How long a mail server is waited for. */
export interface SmtpLimits {
  readonly connectMs: number;
  readonly greetingMs: number;
  /** From the first packet to a log-in. */
  readonly openMs: number;
  /** Without a byte in either direction. */
  readonly silenceMs: number;
  /** For the server's word when the desk closes after the final dot. */
  readonly lastWordMs: number;
  /** For the reply to QUIT, which changes nothing any more. */
  readonly quitMs: number;
}

export const smtpLimits: SmtpLimits = {
  connectMs: 30_000,
  greetingMs: 30_000,
  openMs: 60_000,
  /** RFC 5321 §4.5.3.2.6 asks for ten minutes after the final dot. */
  silenceMs: 600_000,
  lastWordMs: 3_000,
  quitMs: 5_000,
};

export type OpenedSmtp =
  | { readonly kind: 'open'; readonly connection: SMTPConnection; readonly transcript: SmtpTranscript }
  | { readonly kind: 'problem'; readonly problem: SmtpProblem };

/** Connects and, where the record has a password, logs in. Never throws. */
export async function openSmtp(
  { server, certificateAuthority }: SmtpRoute,
  stop: AbortSignal,
  limits: SmtpLimits,
): Promise<OpenedSmtp> {
  if (server.security === 'none' && !server.allowPlainText && !isLoopback(server.host)) {
    return { kind: 'problem', problem: 'plain-text-refused' };
  }
  const transcript = new SmtpTranscript();
  const connection = new SMTPConnection({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    connectionTimeout: limits.connectMs,
    greetingTimeout: limits.greetingMs,
    socketTimeout: limits.silenceMs,
    allowInternalNetworkInterfaces: true,
    tls: { ca: trustedRoots(certificateAuthority) },
    // The name of a workstation is nobody's business; an address literal of loopback is what mail programs send.
    name: '[127.0.0.1]',
    logger: transcript.logger,
    transactionLog: true,
  });
  // One listener stays for good: errors of a connection that is being left behind must not become uncaught.
  const failed = new Promise<never>((_resolve, reject) => {
    connection.on('error', reject);
  });
  failed.catch(() => {});
  const ending = AbortSignal.any([stop, AbortSignal.timeout(limits.openMs)]);
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => {});
  const onEnd = (): void =>
    ended.reject(new Error('The connection took too long, or is not wanted any more.'));
  if (ending.aborted) onEnd();
  else ending.addEventListener('abort', onEnd, { once: true });
  const ends = [failed, ended.promise];
  try {
    await Promise.race([...ends, callback((done) => connection.connect(done))]);
    if (server.password !== '') {
      const auth = { user: server.user, pass: server.password };
      await Promise.race([...ends, callback((done) => connection.login(auth, done))]);
    }
    return { kind: 'open', connection, transcript };
  } catch (error) {
    connection.close();
    return { kind: 'problem', problem: smtpProblemOf(error) };
  } finally {
    ending.removeEventListener('abort', onEnd);
  }
}

/** Connects, logs in and leaves; null when all went well. */
export async function testSmtp(route: SmtpRoute): Promise<SmtpProblem | null> {
  const opened = await openSmtp(route, AbortSignal.timeout(smtpLimits.openMs), smtpLimits);
  if (opened.kind === 'problem') return opened.problem;
  quitSmtp(opened.connection, smtpLimits);
  return null;
}

/** Says goodbye behind the caller's back; a server that does not answer is not waited for long. */
export function quitSmtp(connection: SMTPConnection, limits: SmtpLimits): void {
  connection.quit();
  const timer = setTimeout(() => connection.close(), limits.quitMs);
  timer.unref();
  connection.once('end', () => clearTimeout(timer));
}

/** Why there was no connection, or none any more. */
export function smtpProblemOf(error: unknown): SmtpProblem {
  if (isCertificateProblem(error)) return 'bad-certificate';
  switch ((error as { readonly code?: string | undefined }).code) {
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

/** Adapts nodemailer's callbacks; only the error matters. */
function callback(start: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
