import type { LetterKind } from '../ticket/letter.ts';
import type { DeliveryFailure } from './delivery-status.ts';

/** What classification looks at; header values unfolded, names in lower case. */
export interface ClassifiedHeaders {
  /** The first value of that header, or null. */
  readonly first: (name: string) => string | null;
  /** Lower-case media type, `multipart/report`. */
  readonly contentType: string;
  /** The `report-type` parameter, or null. */
  readonly reportType: string | null;
  /** Normalised address of From. */
  readonly fromAddress: string;
}

/** What the delivery-status part says; null where the letter carries none. */
export type ReportedFailures = readonly DeliveryFailure[] | null;

/** Headers whose mere presence says that a program answers: vacation programs, Exchange add-ons, CGP, FirstClass. */
const autoReplyHeaders = [
  'x-autoreply',
  'x-autorespond',
  'x-autoresponder',
  'x-autoreply-from',
  'x-mail-autoreply',
  'x-fc-machinegenerated',
];
const listHeaders = [
  'list-id',
  'list-post',
  'list-unsubscribe',
  'list-help',
  'x-mailing-list',
  'mailing-list',
];
const daemon = /^(?:mailer-daemon|mail-daemon|postmaster|mdaemon|mail-delivery-subsystem)(?:[+@]|$)/u;

/**
 * Says who speaks in a letter, by standard headers alone.
 *
 * Bounce before the rest: multipart/report with report-type delivery-status (RFC 3464 §2) whose recipients failed or
 * are delayed, or a null return path (RFC 5321 §4.5.5) from a mail daemon. Then answers of programs (RFC 3834 §5,
 * disposition notifications, feedback reports), then lists (RFC 2369, RFC 2919), then whatever else was made by a
 * program. X-Auto-Response-Suppress says nothing about its letter: it asks receivers not to answer automatically,
 * and Exchange puts it on people's letters too.
 */
export function classifyLetter(headers: ClassifiedHeaders, reported: ReportedFailures): LetterKind {
  const nullReturnPath = /^\s*<\s*>/u.test(headers.first('return-path') ?? '');
  if (headers.contentType === 'multipart/report' && headers.reportType === 'delivery-status') {
    return reported !== null && reported.length === 0 ? 'auto-reply' : 'bounce';
  }
  const fromDaemon = daemon.test(headers.fromAddress);
  const saysFailed =
    (reported !== null && reported.length > 0) || headers.first('x-failed-recipients') !== null;
  if (saysFailed && (nullReturnPath || fromDaemon)) return 'bounce';
  if (fromDaemon && nullReturnPath) return 'bounce';
  if (headers.contentType === 'multipart/report') return 'auto-reply';

  const autoSubmitted = keyword(headers.first('auto-submitted'));
  const precedence = keyword(headers.first('precedence'));
  if (autoSubmitted === 'auto-replied' || precedence === 'auto_reply') return 'auto-reply';
  if (autoReplyHeaders.some((name) => headers.first(name) !== null)) return 'auto-reply';
  if (listHeaders.some((name) => headers.first(name) !== null) || precedence === 'list') return 'list';
  if (autoSubmitted !== '' && autoSubmitted !== 'no') return 'auto-reply';
  if (precedence === 'bulk' || precedence === 'junk') {
    // Old vacation programs mark answers as bulk mail; an answer refers to what it answers, a mass letter does not.
    return headers.first('in-reply-to') === null && !nullReturnPath ? 'list' : 'auto-reply';
  }
  return nullReturnPath ? 'auto-reply' : 'human';
}

/** The leading keyword of a value: parameters and comments go (RFC 3834 §5.2). */
function keyword(value: string | null): string {
  return (
    (value ?? '')
      .replaceAll(/\([^()]*\)/gu, ' ')
      .trim()
      .toLowerCase()
      .split(/[;\s,]/u, 1)[0] ?? ''
  );
}
