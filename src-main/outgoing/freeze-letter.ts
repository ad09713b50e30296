import MailComposer from 'nodemailer/lib/mail-composer';
import type { Draft } from '#shared/bridge/draft.ts';
import { ownMessageIdPrefix } from '#shared/mail/own-letters.ts';
import { appendToken } from '#shared/mail/subject.ts';
import type { MailboxRecord } from '#shared/protocol/mailbox-record.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { letterHtml } from './letter-html.ts';
import { buildEnvelope, type BadAddress, type Envelope } from './envelope.ts';

/** An attachment with its bytes. */
export interface LoadedAttachment {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A letter that will not change any more: every attempt sends these bytes to this envelope. */
export interface FrozenLetter {
  readonly messageId: string;
  readonly envelope: Envelope;
  readonly subject: string;
  readonly source: Uint8Array;
}

export type FreezeError = BadAddress | { readonly kind: 'no-recipient' };

/**
 * Makes a letter: UTF-8 text and, where the draft has HTML, both as alternatives (RFC 2046 §5.1.4); the ticket's token
 * at the end of the subject; In-Reply-To and References of the letter that is answered (RFC 5322 §3.6.4), which a
 * forwarded letter and a first one have not.
 *
 * `unique` makes the Message-ID; it must never be used twice. `at` becomes the Date header.
 */
export async function freezeLetter(input: {
  readonly draft: Draft;
  readonly attachments: readonly LoadedAttachment[];
  readonly mailbox: Pick<MailboxRecord, 'address' | 'displayName'>;
  readonly token: string;
  readonly unique: string;
  readonly at: number;
}): Promise<Result<FrozenLetter, FreezeError>> {
  const { draft, mailbox } = input;
  const envelope = buildEnvelope(
    mailbox.address,
    [...draft.to, ...draft.cc].map(({ address }) => address),
  );
  if (!envelope.ok) return err(envelope.error);
  const domain = envelope.value.from.slice(envelope.value.from.lastIndexOf('@') + 1);
  const messageId = `${ownMessageIdPrefix}${input.unique}@${domain}>`;
  const subject = appendToken(draft.subject, input.token);
  const source = await new MailComposer({
    from: { name: fromNameOf(draft, mailbox), address: envelope.value.from },
    to: draft.to.map(({ name, address }) => ({ name, address })),
    cc: draft.cc.map(({ name, address }) => ({ name, address })),
    subject,
    messageId,
    date: new Date(input.at),
    ...(draft.purpose === 'answer' ? threadHeaders(draft) : {}),
    text: draft.text,
    ...(draft.html === '' ? {} : { html: letterHtml(draft.html) }),
    attachments: input.attachments.map(({ name, type, bytes }) => ({
      filename: name,
      contentType: type,
      content: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    })),
    // The draft's words are content only: nothing in them may make the library read a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: false,
    newline: '\r\n',
  })
    .compile()
    .build();
  return ok({ messageId, envelope: envelope.value, subject, source });
}

/** The name beside our address. */
export function fromNameOf(
  draft: Pick<Draft, 'fromName'>,
  mailbox: Pick<MailboxRecord, 'displayName'> | null,
): string {
  return draft.fromName === '' ? (mailbox?.displayName ?? '') : draft.fromName;
}

function threadHeaders(draft: Draft): { inReplyTo?: string; references: string[] } {
  const references = threadOf(draft);
  return draft.inReplyTo === null ? { references } : { inReplyTo: draft.inReplyTo, references };
}

/** The ids of the thread, the answered letter last, each once. */
export function threadOf(draft: Pick<Draft, 'references' | 'inReplyTo'>): string[] {
  const ids = new Set(draft.references);
  if (draft.inReplyTo !== null) {
    ids.delete(draft.inReplyTo);
    ids.add(draft.inReplyTo);
  }
  return [...ids];
}
