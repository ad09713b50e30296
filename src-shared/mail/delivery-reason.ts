/*
 * Why a letter was not delivered, from what mail servers write about it: SMTP replies and plain words in English,
 * Russian and Belarusian.
 */

/** What a server's words amount to. */
export interface DeliveryReason {
  /** Enhanced status code (RFC 3463), as written or inferred from the words; null where nothing tells. */
  readonly status: string | null;
  /** False where the words speak of something that may pass. */
  readonly permanent: boolean;
}

const maxLength = 20_000;

/** An enhanced code right after a reply code: `550 5.1.1`, `550-5.1.1`, `552 #5.2.2`. */
const codeAfterReply = /(?<![\d.])[45]\d\d[ -]+#?([45]\.\d{1,3}\.\d{1,3})(?!\.?\d)/u;
/** An enhanced code alone; subjects end at 7, so that dates and addresses of machines are none. */
const loneCode = /(?<![\d.])([45]\.[0-7]\.\d{1,3})(?!\.?\d)/u;
const replyCode = /(?<![\d.:])([45])[0-5]\d(?=[ :-]|$)(?!\s*(?:kb|mb|bytes|hours?|minutes?))/iu;

/** Subject and detail of the status for words, the special before the general. */
const wordings: readonly (readonly [string, RegExp])[] = [
  [
    '2.2',
    /quota|(?:mail)?box (?:is )?full|full mailbox|insufficient (?:disk |system )?(?:space|storage)|mailbox size limit|переполнен|квот[аыуе]|нет (?:свободного )?места|недостаточно места|перапоўнен/iu,
  ],
  [
    '3.4',
    /(?:message|mail)(?: size)? (?:is )?(?:too (?:big|large)|exceeds)|size limit|слишком (?:большо[ей]|велик)|превышает (?:допустимый|максимальный) размер|занадта вялік/iu,
  ],
  [
    '2.1',
    /(?:mailbox|account|user|recipient)(?: \S+)? (?:is |has been )?(?:currently )?(?:disabled|inactive|suspended|locked|deactivated|blocked)|(?:почтовый )?ящик (?:временно )?(?:заблокирован|отключ[её]н|недоступен|неактивен)|(?:уч[её]тная запись|пользователь) (?:заблокирован|отключ[её]н)|скрыня (?:заблакавана|адключана)/iu,
  ],
  [
    '1.2',
    /(?:domain|host)(?: name)?(?: \S+)? (?:not found|does ?n.t exist|does not exist|is unknown|couldn't be found)|unrouteable mail domain|unknown host|no such domain|nxdomain|name service error|домен(?: \S+)? не (?:существует|найден)|(?:домен|дамен)(?: \S+)? не (?:існуе|знойдзен)/iu,
  ],
  [
    '1.1',
    /(?:user|recipient|mailbox|address|account|alias)(?: \S+)? (?:unknown|not found|does ?n.t exist|does not exist|couldn't be found|wasn't found|could not be found|not exist)|unknown (?:user|recipient|address|local part)|no such (?:user|mailbox|recipient|address|person)|no mailbox|invalid (?:mailbox|recipient|address)|unrouteable address|address not found|recipientnotfound|account that you tried to reach does not exist|не существует|(?:адресат|получатель|пользователь|ящик|адрес)(?: \S+)? не (?:найден|зарегистрирован)|нет такого (?:пользователя|адреса|ящика)|неверный адрес|не існуе|(?:адрас|скрыня|карыстальнік)(?: \S+)? не знойдзен/iu,
  ],
  [
    '4.7',
    /retry time(?:out)? (?:has )?(?:been )?(?:exceeded|not reached)|delivery time expired|message expired|queue (?:too long|lifetime)|retry timeout|истекло время|истек срок|тэрмін скончыўся/iu,
  ],
  [
    '4.1',
    /connection (?:timed out|refused|dropped)|time[d -]?out|no (?:answer|route)|network is unreachable|нет соединения|не отвечает|не адказвае/iu,
  ],
  ['7.1', /gr[ea]ylist|try again later|серый список/iu],
  [
    '7.1',
    /spam|blocked|black-?list|blocklist|policy|dmarc|spf|access denied|relay(?:ing)? (?:access )?denied|not permitted|спам|отклонено политик|доступ запрещ/iu,
  ],
  ['2.1', /mailbox (?:is )?(?:temporarily )?unavailable/iu],
];
/** Ways that a server may find open again: full is full today, unreachable is unreachable today. */
const passing = new Set(['4.1', '4.7']);
const passingWords = /gr[ea]ylist|try again later|temporar(?:y|ily)|временно|часова|серый список/iu;

/** The enhanced code that the words carry literally, or null. */
export function writtenStatus(words: string): string | null {
  const text = words.slice(0, maxLength);
  return codeAfterReply.exec(text)?.[1] ?? loneCode.exec(text)?.[1] ?? null;
}

/**
 * Reads why a letter was not delivered.
 *
 * The code that is written counts; without one the words give subject and detail, and the reply code (`452`) or the
 * words themselves the class. Without either the failure is permanent with an unknown status, as a failure notice
 * that says no more means it.
 */
export function readReason(words: string): DeliveryReason {
  const text = words.slice(0, maxLength);
  const written = writtenStatus(text);
  if (written !== null && !written.endsWith('.0.0'))
    return { status: written, permanent: written.startsWith('5') };
  const detail = wordings.find(([, pattern]) => pattern.test(text))?.[0];
  const reply = replyCode.exec(text)?.[1] ?? written?.slice(0, 1);
  const passes = passingWords.test(text) || (detail !== undefined && passing.has(detail));
  const severity = reply ?? (passes ? '4' : '5');
  if (detail === undefined) return { status: written, permanent: severity === '5' };
  return { status: `${severity}.${detail}`, permanent: severity === '5' };
}
