import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface SmtpDrop {
  readonly port: number;
  /** Letters for which the server said 250 after the final dot. */
  readonly accepted: readonly {
    readonly from: string;
    readonly to: readonly string[];
    readonly source: string;
  }[];
  /** Log-ins that were tried, with whatever password. */
  readonly logIns: number;
  /** Ends every open connection without a word. */
  cut(): void;
  close(): Promise<void>;
}

/** What the server does to the next letters, in turn; the last entry stays. */
export type Behaviour =
  | 'accept'
  /** Ends the connection when the client says MAIL FROM. */
  | 'cut-at-mail'
  /** Takes the whole letter and ends the connection instead of answering. */
  | 'cut-after-dot'
  | { readonly refuse: number }
  | { readonly recipients: Readonly<Record<string, number>> };

/** A real SMTP server on loopback for user `desk`, password `secret`, that misbehaves as told. */
export async function startSmtpDrop(
  behaviours: readonly Behaviour[],
  options: SMTPServerOptions = {},
): Promise<SmtpDrop> {
  const accepted: { from: string; to: string[]; source: string }[] = [];
  let turn = 0;
  let logIns = 0;
  const now = (): Behaviour => behaviours[Math.min(turn, behaviours.length - 1)] ?? 'accept';
  const sockets = new Set<{ destroy(): void }>();
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const server = new SMTPServer({
    disabledCommands: options.secure === true ? [] : ['STARTTLS'],
    allowInsecureAuth: true,
    ...options,
    onAuth(auth, _session, callback) {
      logIns += 1;
      if (auth.username === 'desk' && auth.password === 'secret') callback(null, { user: 'desk' });
      else callback(new Error('535 wrong'));
    },
    onMailFrom(_address, _session, callback) {
      if (now() !== 'cut-at-mail') return callback();
      turn += 1;
      return cut();
    },
    onRcptTo({ address }, _session, callback) {
      const behaviour = now();
      const code =
        typeof behaviour === 'object' && 'recipients' in behaviour
          ? behaviour.recipients[address]
          : undefined;
      if (code === undefined) callback();
      else callback(Object.assign(new Error('no'), { responseCode: code }));
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const behaviour = now();
        turn += 1;
        if (behaviour === 'cut-after-dot') return cut();
        if (typeof behaviour === 'object' && 'refuse' in behaviour) {
          return callback(Object.assign(new Error('no'), { responseCode: behaviour.refuse }));
        }
        const { mailFrom, rcptTo } = session.envelope;
        accepted.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString('utf8'),
        });
        return callback();
      });
    },
  });
  server.on('error', () => {});
  server.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    accepted,
    get logIns() {
      return logIns;
    },
    cut,
    async close() {
      cut();
      await new Promise<void>((resolve) => {
        server.close(resolve);
      });
    },
  };
}
