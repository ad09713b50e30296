import MailComposer from 'nodemailer/lib/mail-composer';
import { hopHeader } from '#shared/mail/own-letters.ts';
import type { MailboxRecord } from '#shared/protocol/mailbox-record.ts';
import type { SendRequest } from '#shared/protocol/send-request.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { buildEnvelope } from '../outgoing/envelope.ts';
import type { FreezeError, FrozenLetter } from '../outgoing/freeze-letter.ts';

/**
 * Makes an automatic letter of what the API asks for: plain text, `Auto-Submitted: auto-replied` (RFC 3834 §3.1.7), our own
 * hop header, and the thread of the client's letter. One recipient, no copies.
 */
export async function freezeAutomaticLetter(
  request: SendRequest,
  mailbox: Pick<MailboxRecord, 'address' | 'displayName'>,
  at: number,
): Promise<Result<FrozenLetter, FreezeError>> {
  const envelope = buildEnvelope(mailbox.address, [request.to.address]);
  if (!envelope.ok) return err(envelope.error);
  const { messageId, subject, inReplyTo, references, text, hops, to } = request;
  const source = await new MailComposer({
    from: { name: mailbox.displayName, address: envelope.value.from },
    to: [{ name: to.name, address: to.address }],
    subject,
    messageId,
    date: new Date(at),
    ...(inReplyTo === null ? {} : { inReplyTo }),
    references: [...references],
    headers: { 'Auto-Submitted': 'auto-replied', [hopHeader]: String(hops) },
    text,
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: false,
    newline: '\r\n',
  })
    .compile()
    .build();
  return ok({ messageId, envelope: envelope.value, subject, source });
}
