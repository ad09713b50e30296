import type { LetterId } from '#shared/ids.ts';
import type { LetterContent } from '#shared/mail/letter-content.ts';
import type { ServerFacts } from '#shared/mail/identity.ts';
import { messageIdLimits } from '#shared/mail/message-id.ts';
import type { ParsedLetter } from '#shared/mail/parsed-letter.ts';
import { parseLetter } from './parse/parse-letter.ts';

const maxAddressLength = 320;
const maxStatusLength = 20;
const maxRecipients = 1_000;

/** What the desk shows of a parsed letter. */
export function letterContent(parsed: ParsedLetter, facts: ServerFacts, complete: boolean): LetterContent {
  return {
    id: parsed.id,
    messageId: parsed.messageId,
    inReplyTo: parsed.inReplyTo,
    references: parsed.references,
    from: parsed.from,
    to: parsed.to,
    cc: parsed.cc,
    replyTo: parsed.replyTo,
    subject: parsed.subject,
    dateAt: parsed.dateAt,
    receivedAt: facts.internalDateAt,
    size: facts.size,
    kind: parsed.kind,
    parts: parsed.parts,
    text: isOnlyText(parsed) ? null : parsed.text,
    attachments: parsed.attachments.map(({ index, name, type, size, contentId, inline }) => ({
      index,
      name,
      type,
      size,
      contentId,
      inline,
    })),
    bounce: bounceReport(parsed.bounce),
    complete,
  };
}

/** Within the bounds of the wire: a server may write anything into its notice. */
function bounceReport(bounce: ParsedLetter['bounce']): LetterContent['bounce'] {
  if (bounce === null) return null;
  const recipients = bounce.recipients
    .filter(({ address }) => address.length <= maxAddressLength)
    .slice(0, maxRecipients)
    .map(({ address, status, permanent }) => ({
      address,
      status: status !== null && status.length <= maxStatusLength ? status : null,
      permanent,
    }));
  const messageId = bounce.originalMessageId;
  return {
    messageId: messageId !== null && messageId.length <= messageIdLimits.length ? messageId : null,
    recipients,
  };
}

/** Said once: most letters are one text, and every byte goes through three processes. */
function isOnlyText({ parts, text }: ParsedLetter): boolean {
  const [only] = parts;
  return parts.length === 1 && only?.kind === 'text' && only.text === text;
}

/** A whole letter's content as JSON: finished in the parser's thread, so that nobody copies it again as objects. */
export function letterJson(
  source: Uint8Array,
  facts: ServerFacts,
): { readonly id: LetterId; readonly json: string } {
  const content = letterContent(parseLetter(source, facts), facts, true);
  return { id: content.id, json: JSON.stringify(content) };
}
