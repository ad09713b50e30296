import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import hoodiecrow from 'hoodiecrow-imap';
import { SMTPServer } from 'smtp-server';

/** A letter that was handed to SMTP. */
export interface SentLetter {
  readonly recipients: readonly string[];
  readonly source: Buffer;
}

export interface EmbeddedMailbox {
  readonly imapPort: number;
  readonly smtpPort: number;
  readonly user: string;
  readonly password: string;
  /** Puts a letter into the INBOX, or a copy into Sent; connected desks hear of it by IDLE. UIDs count from 1. */
  deliver(source: Uint8Array, receivedAt: number, folder?: 'INBOX' | 'Sent'): void;
  /** Letters that were handed to SMTP so far. */
  readonly sent: readonly SentLetter[];
  /** Tells of each letter that is handed to SMTP from now on. */
  onSent(listener: (letter: SentLetter) => void): void;
  close(): Promise<void>;
}

/** UIDVALIDITY of the folders. */
export const uidValidities = { INBOX: 1, Sent: 2 } as const;

/** A mailbox that lives in memory on loopback: IMAP with IDLE, and SMTP that accepts everything. */
export async function startEmbeddedMailbox(user: string, password: string): Promise<EmbeddedMailbox> {
  const imap = hoodiecrow({
    plugins: ['ID', 'IDLE', 'SPECIAL-USE', 'UNSELECT', 'LITERALPLUS', 'UIDPLUS'],
    users: { [user]: { password } },
    storage: {
      INBOX: { messages: [], uidvalidity: uidValidities.INBOX },
      '': {
        separator: '/',
        type: 'personal',
        folders: { Sent: { 'special-use': '\\Sent', messages: [], uidvalidity: uidValidities.Sent } },
      },
    },
  });
  await new Promise<void>((resolve) => {
    imap.listen(0, '127.0.0.1', resolve);
  });
  const sent: SentLetter[] = [];
  const listeners: ((letter: SentLetter) => void)[] = [];
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
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        const letter = { recipients, source: Buffer.concat(chunks) };
        sent.push(letter);
        callback();
        for (const listener of listeners) listener(letter);
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
    onSent(listener) {
      listeners.push(listener);
    },
    deliver(source, receivedAt, folder = 'INBOX') {
      imap.appendMessage(folder, [], imapDate(receivedAt), Buffer.from(source).toString('latin1'));
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
