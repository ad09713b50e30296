import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { PutMailboxRecordSchema } from '#shared/protocol/mailbox-record.ts';
import {
  draftOfRecord,
  recordOfDraft,
  type MailboxDraft,
} from '#renderer/features/settings/mailbox-draft.ts';
import { receivedAt } from './sample-ticket.ts';

function filled(changes: Partial<MailboxDraft> = {}): MailboxDraft {
  const start = draftOfRecord(null, receivedAt);
  return {
    ...start,
    address: ' info@support.example ',
    imap: { ...start.imap, host: 'mail.example', user: 'info', password: 'secret' },
    smtp: { ...start.smtp, host: ' mail.example ', user: 'info', port: '465' },
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
    const record = recordOfDraft(filled());
    expect(Value.Check(PutMailboxRecordSchema, record)).toBe(true);
    expect(record).toMatchObject({
      address: 'info@support.example',
      smtp: { host: 'mail.example', port: 465 },
      sentFolder: null,
      ticketsFrom: receivedAt,
    });
  });

  test.each([
    ['address', { address: 'info' }],
    ['imap', { imap: { ...filled().imap, host: ' ' } }],
    ['imap', { imap: { ...filled().imap, port: '' } }],
    ['smtp', { smtp: { ...filled().smtp, port: 70_000 } }],
    ['smtp', { smtp: { ...filled().smtp, user: '' } }],
    ['ticketsFrom', { ticketsFrom: 'вчера' }],
  ] as const)('says that %s is not right', (problem, changes) => {
    expect(recordOfDraft(filled(changes))).toBe(problem);
  });

  test('gives a stored record back as it was, to the minute', () => {
    const record = recordOfDraft(filled({ revision: 3, sentFolder: 'Отправленные' }));
    if (typeof record === 'string') throw new Error(record);
    const stored = { ...record, revision: 4 };
    expect(recordOfDraft(draftOfRecord(stored, 0))).toEqual(stored);
  });
});
