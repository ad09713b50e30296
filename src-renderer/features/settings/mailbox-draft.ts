import type { MailboxRecord, MailServer, PutMailboxRecord } from '#shared/protocol/mailbox-record.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import { parseMoment } from './parse-moment.ts';

/** A mail server as it is being filled in. */
export interface ServerDraft extends Omit<MailServer, 'port'> {
  /** What number fields give while they are empty is text. */
  readonly port: number | string;
}

/** The mailbox record as it is being filled in. */
export interface MailboxDraft {
  readonly revision: number;
  readonly address: string;
  readonly displayName: string;
  readonly ownAddresses: readonly string[];
  readonly imap: ServerDraft;
  readonly smtp: ServerDraft;
  readonly certificateAuthority: string | null;
  readonly sentFolder: string;
  readonly ticketsFrom: string;
}

/** Which field keeps a record from being complete. */
export type MailboxProblem = 'address' | 'imap' | 'smtp' | 'ticketsFrom';

/** The form's start: the record that is there, or the usual ports over TLS and letters from now on. */
export function draftOfRecord(record: MailboxRecord | null, now: number): MailboxDraft {
  if (record === null) {
    const server = { host: '', security: 'tls', allowPlainText: false, user: '', password: '' } as const;
    return {
      revision: 0,
      address: '',
      displayName: '',
      ownAddresses: [],
      imap: { ...server, port: 993 },
      smtp: { ...server, port: 465 },
      certificateAuthority: null,
      sentFolder: '',
      ticketsFrom: formatMoment(now),
    };
  }
  return {
    ...record,
    sentFolder: record.sentFolder ?? '',
    ticketsFrom: formatMoment(record.ticketsFrom),
  };
}

/** The server that the form describes; null while something needed is missing. */
export function serverOfDraft(draft: ServerDraft): MailServer | null {
  const port = Number(draft.port);
  const host = draft.host.trim();
  const user = draft.user.trim();
  if (host === '' || user === '' || !Number.isInteger(port) || port < 1 || port > 65_535) return null;
  return { ...draft, host, user, port };
}

/** The record that the form describes, or the first field that is not right. */
export function recordOfDraft(draft: MailboxDraft): PutMailboxRecord | MailboxProblem {
  const address = draft.address.trim();
  const imap = serverOfDraft(draft.imap);
  const smtp = serverOfDraft(draft.smtp);
  const ticketsFrom = parseMoment(draft.ticketsFrom);
  if (!/^[^\s@]+@[^\s@]+$/u.test(address)) return 'address';
  if (imap === null) return 'imap';
  if (smtp === null) return 'smtp';
  if (ticketsFrom === null) return 'ticketsFrom';
  return {
    revision: draft.revision,
    address,
    displayName: draft.displayName.trim(),
    ownAddresses: draft.ownAddresses.map((own) => own.trim()).filter((own) => own !== ''),
    imap,
    smtp,
    certificateAuthority: draft.certificateAuthority,
    sentFolder: draft.sentFolder.trim() === '' ? null : draft.sentFolder.trim(),
    ticketsFrom,
  };
}
