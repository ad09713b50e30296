import { withoutControls } from '#shared/mail/encoded-words.ts';
import { splitHeaderFields } from '#shared/mail/header-fields.ts';
import type { ParsedAttachment } from '#shared/mail/parsed-letter.ts';
import { decodeBody } from './decode-body.ts';
import { contentIdOf } from './displayed-parts.ts';
import { HeaderValues } from './header-values.ts';
import type { MimePart } from './mime-tree.ts';

const maxNameLength = 500;

/** Names for what comes without one. */
const madeNames: Readonly<Record<string, string>> = {
  'message/delivery-status': 'delivery-status.txt',
  'message/disposition-notification': 'disposition-notification.txt',
  'message/feedback-report': 'feedback-report.txt',
  'text/rfc822-headers': 'headers.txt',
  'text/calendar': 'invite.ics',
  'application/ics': 'invite.ics',
  'application/ms-tnef': 'winmail.dat',
  'application/pgp-signature': 'signature.asc',
  'application/pkcs7-signature': 'smime.p7s',
  'application/x-pkcs7-signature': 'smime.p7s',
};
const extensions: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/msword': 'doc',
  'image/bmp': 'bmp',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/tiff': 'tif',
  'image/webp': 'webp',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/plain': 'txt',
  'text/xml': 'xml',
};

/** Describes the attached parts; `index` is their position, by which content is fetched. */
export function describeAttachments(parts: readonly MimePart[]): ParsedAttachment[] {
  return parts.map((part, index) => {
    const contentId = contentIdOf(part);
    return {
      index,
      partId: part.partId,
      name: nameOf(part, index).slice(0, maxNameLength),
      type: part.contentType.value,
      size: decodeBody(part.body, part.encoding).length,
      contentId,
      inline:
        part.disposition.value === 'inline' ||
        (contentId !== null && part.disposition.value !== 'attachment'),
    };
  });
}

function nameOf(part: MimePart, index: number): string {
  const given = part.disposition.parameters.get('filename') ?? part.contentType.parameters.get('name') ?? '';
  const name = withoutControls(given);
  if (name !== '') return name;
  const { value } = part.contentType;
  if (value === 'message/rfc822') {
    const subject = new HeaderValues(splitHeaderFields(decodeBody(part.body, part.encoding)).fields).decoded(
      'subject',
    );
    return `${subject === '' ? `message-${index + 1}` : subject.slice(0, 200)}.eml`;
  }
  return madeNames[value] ?? `attachment-${index + 1}.${extensions[value] ?? 'bin'}`;
}
