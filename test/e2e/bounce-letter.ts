import { randomUUID } from 'node:crypto';

/** What Postfix sends when a mailbox does not exist: a notice, a status for machines (RFC 3464), the letter's headers. */
export function bounceLetter(returned: {
  readonly messageId: string;
  readonly to: string;
  readonly from: string;
}): string {
  const boundary = 'A1B2C3.1/mx.school.example';
  return [
    'From: MAILER-DAEMON@mx.school.example (Mail Delivery System)',
    `To: ${returned.from}`,
    'Subject: Undelivered Mail Returned to Sender',
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: <${randomUUID()}@mx.school.example>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=us-ascii',
    '',
    `<${returned.to}>: host mx.school.example said: 550 5.1.1 User unknown`,
    '',
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.school.example',
    '',
    `Final-Recipient: rfc822; ${returned.to}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 User unknown',
    '',
    `--${boundary}`,
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${returned.messageId}`,
    `To: ${returned.to}`,
    '',
    `--${boundary}--`,
    '',
  ].join('\r\n');
}
