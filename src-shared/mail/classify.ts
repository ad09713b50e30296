import type { LetterKind } from '../ticket/letter.ts';
import type { DeliveryFailure } from './delivery-status.ts';
import { headerKeyword, isAbsenceNotice, saysProgramAnswers, type FirstHeader } from './reply-programs.ts';

/** What classification looks at; header values unfolded, names in lower case. */
export interface ClassifiedHeaders {
  /** The first value of that header, or null. */
  readonly first: FirstHeader;
  /** Decoded; without it the header's value is looked at as it stands. */
  readonly subject?: string;
  /** Lower-case media type, `multipart/report`. */
  readonly contentType: string;
  /** The `report-type` parameter, or null. */
  readonly reportType: string | null;
  /** Normalised address of From. */
  readonly fromAddress: string;
}

/** What the delivery-status part says; null where the letter carries none. */
export type ReportedFailures = readonly DeliveryFailure[] | null;

/** Headers that only list software writes (RFC 2369, RFC 2919). */
const listHeaders = ['list-id', 'list-post', 'x-mailing-list', 'mailing-list'];
/** Headers of mass mail that customer-relation programs put on single letters of people too. */
const massHeaders = ['list-unsubscribe', 'list-help'];
const daemon =
  /^(?:mailer-?daemon|mail-daemon|postmaster|mdaemon|mail-?delivery-?sub-?system|microsoftexchange329e71ec88ae4615bbc36ab6ce41109e)(?:[+@]|$)/u;
/** No person has this name; postmasters are people now and then. */
const daemonOnly = /^(?:mailer-?daemon|mail-?delivery-?sub-?system|microsoftexchange329e71ec)/u;
const failureSubject =
  /^\s*(?:\[[^\]]{1,40}\]\s*)?(?:undeliver(?:able|ed)|delivery (?:status notification|failure|has failed|delayed)|mail (?:delivery|system)|mail could not be delivered|message (?:delivery failure|you sent blocked)|failure notice|returned mail|warning: (?:message|could not send)|non[- ]?deliver|не удалось доставить|не удаётся доставить|недостав|сообщение не доставлено|письмо не доставлено|отсрочка доставки|не ўдалося даставіць|недастаўлен)/iu;
const maxSubjectLength = 1_000;
const nullPath = /^\s*(?:<\s*>|<#@\[\]>|<?mailer-daemon(?:@[^\s>]*)?>?\s*$)/iu;

/**
 * Says who speaks in a letter, by its header and what its delivery report says.
 *
 * Bounce before the rest: multipart/report with report-type delivery-status (RFC 3464 §2) whose recipients failed or
 * are delayed, or a mail daemon that speaks with a null return path (RFC 5321 §4.5.5) or where that path was not kept.
 * Then answers of programs (RFC 3834 §5, disposition notifications, which are read receipts, feedback reports), then
 * lists (RFC 2369, RFC 2919), then whatever else was made by a program.
 *
 * A letter that might be a person's is a person's: X-Auto-Response-Suppress says nothing about its letter (it asks
 * receivers not to answer automatically), Feedback-ID is put on all letters by some relays, List-Unsubscribe on
 * answers by customer-relation programs, and a list's letter that a person sends on (Resent-From) is his.
 */
export function classifyLetter(headers: ClassifiedHeaders, reported: ReportedFailures): LetterKind {
  const { first } = headers;
  const nullReturnPath = nullPath.test(first('return-path') ?? '');
  if (isBounce(headers, reported, nullReturnPath)) return 'bounce';
  if (headers.contentType === 'multipart/report') return 'auto-reply';
  if (headers.contentType === 'message/disposition-notification') return 'auto-reply';

  const autoSubmitted = headerKeyword(first('auto-submitted'));
  if (autoSubmitted === 'auto-replied' || saysProgramAnswers(first)) return 'auto-reply';
  if (isAbsenceNotice(subjectOf(headers), first)) return 'auto-reply';
  if (isListMail(first)) return 'list';
  if (autoSubmitted !== '' && autoSubmitted !== 'no') return 'auto-reply';
  const precedence = headerKeyword(first('precedence'));
  if (precedence === 'bulk' || precedence === 'junk') {
    // Old vacation programs mark answers as bulk mail; an answer refers to what it answers, a mass letter does not.
    return first('in-reply-to') === null && !nullReturnPath ? 'list' : 'auto-reply';
  }
  return nullReturnPath ? 'auto-reply' : 'human';
}

function isBounce(headers: ClassifiedHeaders, reported: ReportedFailures, nullReturnPath: boolean): boolean {
  const { first, contentType, reportType, fromAddress } = headers;
  const isReport = contentType === 'multipart/report';
  if (isReport && reportType === 'delivery-status') return reported === null || reported.length > 0;
  if (reported !== null && reported.length === 0) return false;
  if (isReport && reportType === null && reported !== null) return true;
  const fromDaemon = daemon.test(fromAddress);
  const saysFailed = reported !== null || first('x-failed-recipients') !== null;
  if (saysFailed && (nullReturnPath || fromDaemon)) return true;
  if (!fromDaemon || (isReport && reportType !== null)) return false;
  if (nullReturnPath) return true;
  // Where the server keeps no return path, a name that no person has or what the subject says must do.
  if (first('return-path') !== null) return false;
  return daemonOnly.test(fromAddress) || failureSubject.test(subjectOf(headers));
}

function isListMail(first: FirstHeader): boolean {
  if (first('resent-from') !== null) return false;
  if (listHeaders.some((name) => first(name) !== null)) return true;
  if (headerKeyword(first('precedence')) === 'list') return true;
  return first('in-reply-to') === null && massHeaders.some((name) => first(name) !== null);
}

function subjectOf(headers: ClassifiedHeaders): string {
  return (headers.subject ?? headers.first('subject') ?? '').slice(0, maxSubjectLength);
}
