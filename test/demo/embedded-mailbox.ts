import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import hoodiecrow from 'hoodiecrow-imap';
import { SMTPServer } from 'smtp-server';

export interface EmbeddedMailbox {
  readonly imapPort: number;
  readonly smtpPort: number;
  readonly user: string;
  readonly password: string;
  /** Puts a letter into the INBOX; connected desks hear of it by IDLE. */
  deliver(source: Uint8Array, receivedAt: number): void;
  /** Letters that were handed to SMTP so far. */
  readonly sent: readonly { readonly recipients: readonly string[]; readonly source: Buffer }[];
  close(): Promise<void>;
}

/** A mailbox that lives in memory on loopback: IMAP with IDLE, and SMTP that accepts everything. */
export async function startEmbeddedMailbox(user: string, password: string): Promise<EmbeddedMailbox> {
  const imap = hoodiecrow({
    plugins: ['ID', 'IDLE', 'SPECIAL-USE', 'UNSELECT', 'LITERALPLUS', 'UIDPLUS'],
    users: { [user]: { password } },
    storage: {
      INBOX: { messages: [], uidvalidity: 1 },
      '': {
        separator: '/',
        type: 'personal',
        folders: { Sent: { 'special-use': '\\Sent', messages: [], uidvalidity: 2 } },
      },
    },
  });
  await new Promise<void>((resolve) => {
    imap.listen(0, '127.0.0.1', resolve);
  });
  const sent: { recipients: string[]; source: Buffer }[] = [];
  const smtp = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth(auth, _session, callback) {
      if (auth.username === user && auth.password === password) callback(null, { user });
      else callback(new Error('wrong credentials'));
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        sent.push({
          recipients: session.envelope.rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks),
        });
        callback();
      });
    },
  });
  smtp.listen(0, '127.0.0.1');
  await once(smtp.server, 'listening');
  return {
    imapPort: (imap.server.address() as AddressInfo).port,
    smtpPort: (smtp.server.address() as AddressInfo).port,
    user,
    password,
    sent,
    deliver(source, receivedAt) {
      imap.appendMessage('INBOX', [], imapDate(receivedAt), Buffer.from(source).toString('latin1'));
    },
    async close() {
      await new Promise<void>((resolve) => {
        smtp.close(resolve);
      });
      imap.close(() => {});
    },
  };
}

/** IMAP's date-time (RFC 3501 §9) in UTC. */
function imapDate(at: number): string {
  const [, day, month, year, time] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(at).toUTCString()) ?? [];
  return `${day}-${month}-${year} ${time} +0000`;
}
