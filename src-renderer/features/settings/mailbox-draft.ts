import type { MailboxRecord, MailServer, PutMailboxRecord } from '#shared/protocol/mailbox-record.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import { presetOfAddress } from './mail-presets.ts';
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

/** What keeps a server from being asked. */
export type ServerProblems = {
  readonly [Field in 'host' | 'port' | 'user' | 'password']?: `settings.wrong.${Field}`;
};

/** What keeps a record from being complete. */
export interface MailboxProblems {
  readonly address?: 'settings.wrong.address';
  readonly imap?: ServerProblems;
  readonly smtp?: ServerProblems;
  readonly ticketsFrom?: 'settings.wrong.ticketsFrom';
}

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

/**
 * Fills in what an address tells: the user, and the servers of a well-known provider.
 *
 * Nothing that somebody has typed is touched.
 */
export function withAddressFilled(draft: MailboxDraft): MailboxDraft {
  const address = draft.address.trim();
  if (!isAddress(address)) return draft;
  const preset = presetOfAddress(address);
  const fill = (server: ServerDraft, protocol: 'imap' | 'smtp'): ServerDraft => ({
    ...server,
    ...(server.host.trim() === '' && preset !== null ? preset[protocol] : {}),
    ...(server.user.trim() === '' ? { user: address } : {}),
  });
  return { ...draft, imap: fill(draft.imap, 'imap'), smtp: fill(draft.smtp, 'smtp') };
}

/** Whether an empty password means the stored one: it never goes to another server or account. */
export function keepsPassword(draft: ServerDraft, stored: MailServer | undefined): boolean {
  return stored !== undefined && stored.host === draft.host.trim() && stored.user === draft.user.trim();
}

/** The server that the form describes, or what is missing. */
export function serverOfDraft(
  draft: ServerDraft,
  stored: MailServer | undefined,
): Result<MailServer, ServerProblems> {
  const port = draft.port === '' ? Number.NaN : Number(draft.port);
  const host = draft.host.trim();
  const user = draft.user.trim();
  const problems: ServerProblems = {
    ...(host === '' || /\s/u.test(host) ? { host: 'settings.wrong.host' } : {}),
    ...(Number.isInteger(port) && port >= 1 && port <= 65_535 ? {} : { port: 'settings.wrong.port' }),
    ...(user === '' ? { user: 'settings.wrong.user' } : {}),
    ...(draft.password === '' && !keepsPassword(draft, stored)
      ? { password: 'settings.wrong.password' }
      : {}),
  };
  return Object.keys(problems).length > 0 ? err(problems) : ok({ ...draft, host, user, port });
}

/** The record that the form describes, or everything that is not right. */
export function recordOfDraft(
  draft: MailboxDraft,
  stored: MailboxRecord | null,
): Result<PutMailboxRecord, MailboxProblems> {
  const address = draft.address.trim();
  const imap = serverOfDraft(draft.imap, stored?.imap);
  const smtp = serverOfDraft(draft.smtp, stored?.smtp);
  const ticketsFrom = parseMoment(draft.ticketsFrom);
  if (!isAddress(address) || !imap.ok || !smtp.ok || ticketsFrom === null) {
    return err({
      ...(isAddress(address) ? {} : { address: 'settings.wrong.address' }),
      ...(imap.ok ? {} : { imap: imap.error }),
      ...(smtp.ok ? {} : { smtp: smtp.error }),
      ...(ticketsFrom === null ? { ticketsFrom: 'settings.wrong.ticketsFrom' } : {}),
    });
  }
  return ok({
    revision: draft.revision,
    address,
    displayName: draft.displayName.trim(),
    ownAddresses: draft.ownAddresses.map((own) => own.trim()).filter((own) => own !== ''),
    imap: imap.value,
    smtp: smtp.value,
    certificateAuthority: draft.certificateAuthority,
    sentFolder: draft.sentFolder.trim() === '' ? null : draft.sentFolder.trim(),
    ticketsFrom,
  });
}

function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/u.test(text);
}
