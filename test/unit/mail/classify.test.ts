import { describe, expect, test } from 'vitest';
import { parseLetter } from '#main/mailbox/parse/parse-letter.ts';
import { letterOf, multipart, serverFacts } from './letter-bytes.ts';

const kindOf = (...headers: string[]): string => parseLetter(letterOf(headers, 'x'), serverFacts).kind;

describe('who speaks, by headers', () => {
  test.each([
    ['human', ['From: ivan@x.by']],
    ['human', ['From: ivan@x.by', 'Auto-Submitted: no']],
    ['human', ['From: ivan@x.by', 'X-Auto-Response-Suppress: All']],
    ['human', ['From: ivan@x.by', 'X-Auto-Response-Suppress: OOF, AutoReply', 'In-Reply-To: <a@b>']],
    ['human', ['From: ivan@x.by', 'Return-Path: <ivan@x.by>']],
    ['human', ['From: postmaster@x.by', 'Return-Path: <postmaster@x.by>']],
    ['human', ['From: ivan@x.by', 'Precedence: first-class']],
    ['auto-reply', ['From: ivan@x.by', 'Auto-Submitted: auto-replied']],
    ['auto-reply', ['From: ivan@x.by', 'Auto-Submitted: Auto-Replied (vacation)']],
    ['auto-reply', ['From: ivan@x.by', 'Auto-Submitted: auto-generated; x=y']],
    ['auto-reply', ['From: ivan@x.by', 'Auto-Submitted: auto-notified']],
    ['auto-reply', ['From: ivan@x.by', 'X-Autoreply: yes']],
    ['auto-reply', ['From: ivan@x.by', 'X-Autorespond: away']],
    ['auto-reply', ['From: ivan@x.by', 'Precedence: auto_reply']],
    ['auto-reply', ['From: ivan@x.by', 'Precedence: bulk', 'In-Reply-To: <a@b>']],
    ['auto-reply', ['From: ivan@x.by', 'Return-Path: <>']],
    ['auto-reply', ['From: l@x.by', 'List-Id: <l.x.by>', 'Auto-Submitted: auto-replied']],
    [
      'auto-reply',
      ['From: ivan@x.by', 'Content-Type: multipart/report; report-type=disposition-notification'],
    ],
    ['list', ['From: ivan@x.by', 'List-Id: News <news.x.by>']],
    ['list', ['From: ivan@x.by', 'List-Unsubscribe: <https://x.by/u>']],
    ['list', ['From: ivan@x.by', 'List-Id: <news.x.by>', 'Auto-Submitted: auto-generated']],
    ['list', ['From: ivan@x.by', 'Precedence: list']],
    ['list', ['From: ivan@x.by', 'Precedence: bulk']],
    ['bounce', ['From: MAILER-DAEMON@x.by', 'Return-Path: <>']],
    ['bounce', ['From: x@x.by', 'Return-Path: <>', 'X-Failed-Recipients: a@b.by']],
    ['bounce', ['From: x@x.by', 'Content-Type: multipart/report; report-type="delivery-status"; boundary=b']],
  ])('%s: %j', (kind, headers) => {
    expect(kindOf(...headers)).toBe(kind);
  });
});

function report(status: string, returned = 'Message-ID: <ours@x.by>\nSubject: Answer\n\nbody'): Buffer {
  const body = multipart('b', [
    letterOf(['Content-Type: text/plain'], 'Your message could not be delivered.'),
    letterOf(['Content-Type: message/delivery-status'], status),
    letterOf(['Content-Type: message/rfc822'], returned),
  ]);
  return letterOf(
    [
      'Return-Path: <>',
      'From: MAILER-DAEMON@mail.x.by (Mail Delivery System)',
      'Auto-Submitted: auto-replied',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    ],
    body,
  );
}

describe('delivery reports (RFC 3464)', () => {
  test('Postfix: the failed recipient, its status and our Message-ID', () => {
    const letter = parseLetter(
      report(
        [
          'Reporting-MTA: dns; mail.x.by',
          'X-Postfix-Queue-ID: 4F1',
          'Arrival-Date: Tue, 10 Nov 2026 10:15:00 +0300 (MSK)',
          '',
          'Final-Recipient: rfc822; Nobody@School.by',
          'Original-Recipient: rfc822;nobody@school.by',
          'Action: failed',
          'Status: 5.1.1',
          'Remote-MTA: dns; mx.school.by',
          'Diagnostic-Code: smtp; 550 5.1.1 <nobody@school.by>: Recipient address',
          '    rejected: User unknown',
        ].join('\n'),
      ),
      serverFacts,
    );
    expect(letter.kind).toBe('bounce');
    expect(letter.bounce).toEqual({
      recipients: [{ address: 'nobody@school.by', status: '5.1.1', permanent: true }],
      originalMessageId: '<ours@x.by>',
    });
    expect(letter.text.trim()).toBe('Your message could not be delivered.');
    expect(letter.attachments.map(({ name }) => name)).toEqual(['delivery-status.txt', 'Answer.eml']);
  });

  test('several recipients: delayed is not permanent, delivered is no failure', () => {
    const groups = [
      'Reporting-MTA: dns; x',
      'Final-Recipient: rfc822;a@x.by\nAction: delayed\nStatus: 4.4.1',
      'Final-Recipient: rfc822;b@x.by\nAction: delivered\nStatus: 2.0.0',
      'Original-Recipient: rfc822;<c@x.by>\nAction: failed\nDiagnostic-Code: smtp; 552 5.2.2 full',
      'Final-Recipient: rfc822;d@x.by\nAction: failed\nStatus: 4.2.2 (quota)',
    ];
    expect(parseLetter(report(groups.join('\n\n')), serverFacts).bounce?.recipients).toEqual([
      { address: 'a@x.by', status: '4.4.1', permanent: false },
      { address: 'c@x.by', status: '5.2.2', permanent: true },
      { address: 'd@x.by', status: '4.2.2', permanent: false },
    ]);
  });

  test('a report of success is no bounce', () => {
    const letter = parseLetter(
      report('A: b\n\nFinal-Recipient: rfc822;b@x.by\nAction: delivered\nStatus: 2.0.0'),
      serverFacts,
    );
    expect(letter.kind).toBe('auto-reply');
    expect(letter.bounce).toBeNull();
  });

  test('X-Failed-Recipients stands in for a missing status', () => {
    const letter = parseLetter(
      letterOf(
        [
          'From: Mail Delivery System <Mailer-Daemon@x.by>',
          'Return-Path: <>',
          'X-Failed-Recipients: a@x.by,\r\n b@x.by',
        ],
        'x',
      ),
      serverFacts,
    );
    expect(letter.bounce?.recipients.map(({ address }) => address)).toEqual(['a@x.by', 'b@x.by']);
  });
});
