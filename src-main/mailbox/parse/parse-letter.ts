import { readBounce } from '#shared/mail/bounce.ts';
import { classifyLetter } from '#shared/mail/classify.ts';
import { splitHeaderFields, type HeaderField } from '#shared/mail/header-fields.ts';
import { parseHeaderDate } from '#shared/mail/header-date.ts';
import { identityOfFields, type ServerFacts } from '#shared/mail/identity.ts';
import { messageIdLimits, parseMessageId, parseMessageIds } from '#shared/mail/message-id.ts';
import type { LetterHeader } from '#shared/mail/letter-header.ts';
import type { Bounce, ParsedLetter } from '#shared/mail/parsed-letter.ts';
import { splitQuotes } from '#shared/mail/quote-split.ts';
import { isForwardedSubject } from '#shared/mail/subject.ts';
import { describeAttachments } from './attachments.ts';
import { readReport, type DeliveryReport } from './delivery-report.ts';
import { decodeBody } from './decode-body.ts';
import { sortParts, type Displayed } from './displayed-parts.ts';
import { HeaderValues } from './header-values.ts';
import { readMimeTree } from './mime-tree.ts';
import { readParameters } from './parameters.ts';

export type { ServerFacts } from '#shared/mail/identity.ts';

const maxSubjectLength = 4_000;
/** Text past this is cut; what a person writes ends long before, and a log of 50 MB belongs into an attachment. */
const maxTextLength = 5_000_000;

/**
 * Makes of a letter's bytes what the desk shows and what the ticket API is told. Never throws: garbage gives a letter
 * with whatever can be read.
 */
export function parseLetter(source: Uint8Array, facts: ServerFacts): ParsedLetter {
  const { root, truncated } = readMimeTree(source);
  const { displayed, attachments } = sortParts(root);
  const report = readReport(root, attachments);
  const head = readHead(root.fields, facts, report);
  const { text, cut } = joinText(displayed);
  return {
    ...head,
    parts: displayed.map(({ part }) => part),
    text,
    html: joinHtml(displayed),
    // The desk splits a letter when somebody answers it, not twenty thousand when the mailbox is read.
    get reply() {
      return splitQuotes(text, { forwarded: isForwardedSubject(head.subject) }).reply;
    },
    attachments: describeAttachments(attachments),
    bounce: bounceOf(head, root.fields, report, text),
    truncated: truncated || cut,
  };
}

/** What the header alone tells; for letters over the size limit, whose body stays on the server. */
export function parseHeadersOnly(header: Uint8Array, facts: ServerFacts): LetterHeader {
  return readHead(splitHeaderFields(header).fields, facts, null);
}

/** The decoded content of the attachment with that index, or null where the letter has none such. */
export function extractAttachment(source: Uint8Array, index: number): Uint8Array | null {
  const part = sortParts(readMimeTree(source).root).attachments[index];
  return part === undefined ? null : decodeBody(part.body, part.encoding);
}

function readHead(
  fields: readonly HeaderField[],
  facts: ServerFacts,
  report: DeliveryReport | null,
): LetterHeader {
  const values = new HeaderValues(fields);
  const contentType = readParameters(values.first('content-type') ?? '');
  const subject = values.decoded('subject');
  const from = values.addresses('from')[0] ?? values.addresses('sender')[0] ?? { name: '', address: '' };
  return {
    id: identityOfFields(fields, facts),
    messageId: parseMessageId(values.first('message-id') ?? ''),
    inReplyTo: parseMessageIds(values.joined('in-reply-to'), messageIdLimits.inReplyTo),
    references: parseMessageIds(values.joined('references'), messageIdLimits.references),
    from,
    to: values.addresses('to'),
    cc: values.addresses('cc'),
    replyTo: values.addresses('reply-to'),
    subject: subject.replaceAll(/\s+/gu, ' ').slice(0, maxSubjectLength),
    dateAt: parseHeaderDate(values.first('date') ?? ''),
    kind: classifyLetter(
      {
        first: (name) => values.first(name),
        subject,
        contentType: contentType.value,
        reportType: contentType.parameters.get('report-type')?.toLowerCase() ?? null,
        fromAddress: from.address,
      },
      report?.failures ?? null,
    ),
  };
}

function bounceOf(
  head: LetterHeader,
  fields: readonly HeaderField[],
  report: DeliveryReport | null,
  text: string,
): Bounce | null {
  if (head.kind !== 'bounce') return null;
  return readBounce({
    reported: report?.failures ?? null,
    failedRecipients: new HeaderValues(fields).joined('x-failed-recipients'),
    text,
    returnedMessageId: report?.originalMessageId ?? null,
    inReplyTo: head.inReplyTo,
  });
}

function joinText(displayed: readonly Displayed[]): { readonly text: string; readonly cut: boolean } {
  const texts = displayed.map(({ textNow }) => textNow()).filter((text) => text !== '');
  const joined = texts
    .map((text, index) => (index < texts.length - 1 ? text.replace(/\n*$/u, '\n') : text))
    .join('\n');
  return { text: joined.slice(0, maxTextLength), cut: joined.length > maxTextLength };
}

function joinHtml(displayed: readonly Displayed[]): string | null {
  if (displayed.every(({ part }) => part.kind === 'text')) return null;
  return displayed
    .map(({ part }) =>
      part.kind === 'html' ? part.html : `<div style="white-space: pre-wrap">${escapeHtml(part.text)}</div>`,
    )
    .join('\n<hr>\n');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
