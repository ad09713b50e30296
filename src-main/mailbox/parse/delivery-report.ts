import { parseDeliveryStatus, type DeliveryFailure } from '#shared/mail/delivery-status.ts';
import { splitHeaderFields } from '#shared/mail/header-fields.ts';
import { parseMessageId } from '#shared/mail/message-id.ts';
import { decodeBody } from './decode-body.ts';
import { decodeText } from './decode-text.ts';
import { headerText } from './header-values.ts';
import type { MimePart } from './mime-tree.ts';

/** What the parts of a delivery report say. */
export interface DeliveryReport {
  readonly failures: readonly DeliveryFailure[];
  readonly originalMessageId: string | null;
}

const returnedLetterTypes = new Set([
  'message/rfc822',
  'text/rfc822-headers',
  'message/global',
  'message/global-headers',
]);
const statusTypes = new Set(['message/delivery-status', 'message/global-delivery-status']);
const maxReturnedHeader = 262_144;

/** Reads the delivery status among a letter's attached parts; null where it has none. */
export function readReport(root: MimePart, attachments: readonly MimePart[]): DeliveryReport | null {
  const status = [root, ...attachments].find((part) => statusTypes.has(part.contentType.value));
  if (status === undefined) return null;
  const { failures } = parseDeliveryStatus(decodeText(decodeBody(status.body, status.encoding), null));
  const returned = attachments.find((part) => returnedLetterTypes.has(part.contentType.value));
  return { failures, originalMessageId: returned === undefined ? null : messageIdOf(returned) };
}

function messageIdOf(part: MimePart): string | null {
  const { fields } = splitHeaderFields(decodeBody(part.body, part.encoding).subarray(0, maxReturnedHeader));
  return parseMessageId(headerText(fields, 'message-id') ?? '');
}
