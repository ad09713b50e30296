import { normaliseAddress } from './addresses.ts';
import { readReason } from './delivery-reason.ts';
import type { DeliveryFailure } from './delivery-status.ts';

/*
 * Bounces that people were meant to read: Exim, qmail, Exchange, Gmail, mail.ru, Yandex and what imitates them.
 */

const maxNoticeLength = 65_536;
const maxReturnedLength = 262_144;
const maxLineLength = 1_000;
const maxRecipients = 1_000;

const address = String.raw`[^\s<>()\[\]"',;:|]{1,64}@[^\s<>()\[\]"',;:|]{1,255}`;
/** A line that names a recipient: `<a@b>: host said…`, `  a@b`, `>>> a@b (after RCPT TO): 550 …`, `Получатель: a@b`. */
const recipientLine = new RegExp(
  String.raw`^[\s>*•·"'-]{0,12}(?:(?:final-recipient|original-recipient|recipient(?: address)?|to|получател[ьи]|адрес(?:ат)?(?: получателя)?|кому|атрымальнік|адрасат|каму)\s*:\s*(?:rfc822;\s*)?)?["'<(]{0,2}(?:mailto:)?(${address})[>"')]{0,2}\s*(?:[(<\[](?:mailto:)?[^()<>]{0,300}[)>\]]\s*)?(?::\s*(.*)|[.,]?)$`,
  'iu',
);
const anyAddress = new RegExp(address, 'giu');
const failureWords =
  /deliver|fail|reject|could ?n.t|wasn.t|unable|undeliver|доставл|доставить|отклон|не принято|даставі|дастаўл/iu;
const delayWords =
  /(?:not yet been|delay(?:ed)?).{0,60}(?:deliver|hours?)|will be retried|will (?:continue|keep) (?:to )?try|no action is required|отложен[ао]|задерж|попытки (?:доставки )?будут|затрым/iu;
/** Addresses that a notice gives for questions. */
const helpers =
  /^(?:postmaster|mailer-daemon|abuse|support|help(?:desk)?|hostmaster|admin(?:istrator)?|noc)@/iu;
const returnedLetter =
  /^\s*(?:[-=_*]{2,}\s*)?(?:this is a copy of|below this line is a copy|original message headers|original message\s*(?:[-=_*:]|$)|message headers? follows?|headers of the original|copy of (?:the|your) message|исходные заголовки|заголовки (?:исходного |оригинального )?(?:сообщения|письма)|исходное (?:сообщение|письмо)\s*(?:[-=_*:]|$)|копия (?:вашего |исходного )?(?:письма|сообщения)|ниже (?:следует|приведена|приведены) (?:копия|заголовки)|загалоўкі (?:зыходнага )?(?:паведамлення|ліста)|received:\s|return-path:\s)/iu;

/** What a readable notice tells. */
export interface BounceNotice {
  readonly failures: readonly DeliveryFailure[];
  /** Message-ID among the returned headers, with angle brackets, or null. */
  readonly originalMessageId: string | null;
}

/**
 * Reads a bounce's text: who did not get the letter and why, and the Message-ID among the headers that it returns.
 *
 * Recipients stand at the start of their lines, each with its reason below; where none does, they are the addresses in
 * sentences that speak of a failed delivery. What follows the start of the returned letter names no recipients.
 */
export function readBounceText(text: string): BounceNotice {
  const notice = noticeLines(text.slice(0, maxNoticeLength));
  const reasons = reasonsByAddress(notice);
  const whole = notice.join(' ');
  const delayed = delayWords.test(whole);
  const failures = [...reasons].map(([recipient, words]): DeliveryFailure => {
    const own = readReason(words);
    const reason = own.status === null && reasons.size === 1 ? readReason(whole) : own;
    const code = delayed && reason.status !== null ? reason.status.replace(/^5/u, '4') : reason.status;
    return { address: recipient, status: code, permanent: reason.permanent && !delayed };
  });
  return { failures, originalMessageId: returnedMessageId(text.slice(0, maxReturnedLength)) };
}

function noticeLines(text: string): string[] {
  const lines = text.split('\n').map((line) => line.slice(0, maxLineLength));
  const end = lines.findIndex((line) => returnedLetter.test(line));
  return end === -1 ? lines : lines.slice(0, end);
}

function reasonsByAddress(lines: readonly string[]): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  let current: string | null = null;
  for (const line of lines) {
    const match = recipientLine.exec(line);
    const found = match?.[1];
    if (found !== undefined && !helpers.test(found) && reasons.size < maxRecipients) {
      current = recipientOf(found);
      reasons.set(current, `${reasons.get(current) ?? ''} ${match?.[2] ?? ''}`);
    } else if (current !== null) {
      reasons.set(current, `${reasons.get(current) ?? ''} ${line.trim()}`);
    }
  }
  if (reasons.size > 0) return reasons;
  for (const line of lines) {
    if (!failureWords.test(line)) continue;
    for (const [found] of line.matchAll(anyAddress)) {
      if (!helpers.test(found) && reasons.size < maxRecipients) reasons.set(recipientOf(found), line);
    }
  }
  return reasons;
}

function recipientOf(found: string): string {
  return normaliseAddress(found.replace(/[.!?…]+$/u, ''));
}

/** Only among headers: from the start of the returned letter on, or at the start of a line where nothing marks it. */
function returnedMessageId(text: string): string | null {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => returnedLetter.test(line.slice(0, maxLineLength)));
  const field = /^[ \t>]{0,8}message-id:\s*(?:\n[ \t>]{0,8})?(<[^<>\s]{1,996}>)/imu;
  return field.exec(lines.slice(Math.max(start, 0)).join('\n'))?.[1] ?? null;
}
