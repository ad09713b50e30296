import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import {
  PutMailboxRecordSchema,
  type MailboxRecord,
  type PutMailboxRecord,
} from '#shared/protocol/mailbox-record.ts';
import { wantsAppPassword } from '#renderer/features/settings/mail-presets.ts';
import {
  draftOfRecord,
  recordOfDraft,
  withAddressFilled,
  type MailboxDraft,
} from '#renderer/features/settings/mailbox-draft.ts';
import { receivedAt } from './sample-ticket.ts';

function filled(changes: Partial<MailboxDraft> = {}): MailboxDraft {
  const start = draftOfRecord(null, receivedAt);
  return {
    ...start,
    address: ' info@support.example ',
    imap: { ...start.imap, host: 'mail.example', user: 'info', password: 'secret' },
    smtp: { ...start.smtp, host: ' mail.example ', user: 'info', port: '465', password: 'secret' },
    ...changes,
  };
}

describe('the mailbox form', () => {
  test('starts with TLS on its usual ports, and requests from now on', () => {
    expect(draftOfRecord(null, receivedAt)).toMatchObject({
      revision: 0,
      imap: { port: 993, security: 'tls', allowPlainText: false },
      smtp: { port: 465, security: 'tls', allowPlainText: false },
      ticketsFrom: '10.11.2026 10:15',
    });
  });

  test('makes a record that the wire admits', () => {
    const record = recordOfDraft(filled(), null);
    if (!record.ok) throw new Error('the record is not complete');
    expect(Value.Check(PutMailboxRecordSchema, record.value)).toBe(true);
    expect(record.value).toMatchObject({
      address: 'info@support.example',
      smtp: { host: 'mail.example', port: 465 },
      sentFolder: null,
      ticketsFrom: receivedAt,
    });
  });

  const { imap, smtp } = filled();
  test.each([
    [{ address: 'info' }, { address: 'settings.wrong.address' }],
    [{ imap: { ...imap, host: ' ' } }, { imap: { host: 'settings.wrong.host' } }],
    [{ imap: { ...imap, port: '' } }, { imap: { port: 'settings.wrong.port' } }],
    [{ smtp: { ...smtp, port: 70_000 } }, { smtp: { port: 'settings.wrong.port' } }],
    [
      { smtp: { ...smtp, user: '', password: '' } },
      { smtp: { user: 'settings.wrong.user', password: 'settings.wrong.password' } },
    ],
    [{ ticketsFrom: 'вчера' }, { ticketsFrom: 'settings.wrong.ticketsFrom' }],
  ] as const)('says all that is not right: %j', (changes, problems) => {
    expect(recordOfDraft(filled(changes), null)).toEqual({ ok: false, error: problems });
  });

  const stored: MailboxRecord = { ...put(filled({ sentFolder: 'Отправленные' })), revision: 4 };

  test('gives a stored record back as it was, to the minute', () => {
    expect(put(draftOfRecord(stored, 0), stored)).toEqual(stored);
  });

  test('wants the password again for another server or account, and only then', () => {
    const draft = draftOfRecord({ ...stored, imap: { ...stored.imap, password: '' } }, 0);
    expect(recordOfDraft(draft, stored).ok).toBe(true);
    const elsewhere = { ...draft, imap: { ...draft.imap, host: 'other.example' } };
    expect(recordOfDraft(elsewhere, stored)).toEqual({
      ok: false,
      error: { imap: { password: 'settings.wrong.password' } },
    });
  });
});

describe('an address', () => {
  const typed = (address: string) => withAddressFilled({ ...draftOfRecord(null, receivedAt), address });

  test('of a well-known provider fills in its servers', () => {
    expect(typed(' sluzhba@Mail.ru ')).toMatchObject({
      imap: { host: 'imap.mail.ru', port: 993, security: 'tls', user: 'sluzhba@Mail.ru' },
      smtp: { host: 'smtp.mail.ru', port: 465, security: 'tls', user: 'sluzhba@Mail.ru' },
    });
    expect(wantsAppPassword('imap.mail.ru')).toBe(true);
  });

  test('of anybody else fills in the user only: a guessed server could be a stranger’s', () => {
    expect(typed('info@support.example')).toMatchObject({
      imap: { host: '', user: 'info@support.example' },
      smtp: { host: '' },
    });
    expect(wantsAppPassword('mail.support.example')).toBe(false);
  });

  test('touches nothing that was typed, and no address means nothing', () => {
    const draft = { ...filled(), address: 'info@mail.ru' };
    expect(withAddressFilled(draft)).toEqual(draft);
    expect(typed('info@').imap.user).toBe('');
  });
});

function put(draft: MailboxDraft, stored: MailboxRecord | null = null): PutMailboxRecord {
  const record = recordOfDraft(draft, stored);
  if (!record.ok) throw new Error('the record is not complete');
  return record.value;
}
