import { isIP } from 'node:net';
import { ImapFlow } from 'imapflow';
import type { MailServer } from '#shared/protocol/mailbox-record.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { isLoopback } from '../network/is-loopback.ts';
import { trustedRoots } from '../network/trusted-roots.ts';
import { connectionProblem, type ConnectionProblem } from './connection-problem.ts';
import { mailLimits } from './mail-limits.ts';
import type { MailTimes } from './mail-times.ts';

export interface ImapOptions {
  readonly server: MailServer;
  readonly certificateAuthority: string | null;
  readonly times: MailTimes;
  /** Called once when a connection that stood is gone. */
  readonly onClose: (problem: ConnectionProblem) => void;
}

/**
 * Connects and logs in.
 *
 * Plain text goes to loopback only, or where the mailbox record allows it. IDLE starts by itself shortly after the
 * last command and is probed, so that a connection that died silently is noticed within two socket time-outs.
 */
export async function openImap(options: ImapOptions): Promise<Result<ImapFlow, ConnectionProblem>> {
  const { server, times } = options;
  if (server.security === 'none' && !server.allowPlainText && !isLoopback(server.host)) {
    return err('plain-text-refused');
  }
  const client = new ImapFlow({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    doSTARTTLS: server.security === 'starttls',
    auth: { user: server.user, pass: server.password },
    tls: {
      ...(server.security === 'none' ? {} : { ca: trustedRoots(options.certificateAuthority) }),
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      ...(isIP(server.host) === 0 ? { servername: server.host } : {}),
    },
    logger: false,
    autoIdleDelay: times.autoIdleMs,
    maxIdleTime: times.idleMs,
    connectionTimeout: times.connectMs,
    greetingTimeout: times.connectMs,
    socketTimeout: times.socketTimeoutMs,
    maxLiteralSize: mailLimits.literalBytes,
    maxResponseSize: mailLimits.literalBytes + 1_048_576,
    maxLineLength: mailLimits.lineBytes,
  });
  let failure: unknown = null;
  client.on('error', (error) => {
    failure = error;
  });
  try {
    await client.connect();
  } catch (error) {
    client.close();
    return err(connectionProblem(error));
  }
  // A server without IDLE is polled; idleMs is for breaking IDLE before a NAT forgets the connection.
  if (!client.capabilities.has('IDLE')) client.maxIdleTime = times.pollMs;
  client.on('close', () => {
    options.onClose(failure === null ? 'unreachable' : connectionProblem(failure));
  });
  return ok(client);
}
