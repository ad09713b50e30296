import type { MailServer, MailboxRecord } from '#shared/protocol/mailbox-record.ts';
import type { Dovecot } from '../fakes/start-dovecot.ts';
import { plainServer, recordFor } from '../integration/mailbox/desk-mailbox.ts';

/** One way to the corpus, the same for the desk and its peers. */
export interface MailboxConnection {
  readonly name: 'TLS' | 'plain text';
  readonly isTls: boolean;
  readonly server: MailServer;
  /** Who signed the server's certificate, as PEM. */
  readonly authority: string;
  /** What the desk is set up with. */
  readonly record: MailboxRecord;
}

export function connectionsTo(dovecot: Dovecot): readonly MailboxConnection[] {
  const plain = plainServer(dovecot);
  const tls: MailServer = { ...plain, port: dovecot.tlsPort, security: 'tls' };
  const authority = dovecot.caPem;
  return [
    {
      name: 'TLS',
      isTls: true,
      server: tls,
      authority,
      record: recordFor(tls, { certificateAuthority: authority }),
    },
    { name: 'plain text', isTls: false, server: plain, authority, record: recordFor(plain) },
  ];
}
