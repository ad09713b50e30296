/*
 * How mail programs mark what they quote: attributions, separators, header blocks, closing formulas, in English,
 * Russian and Belarusian, as the programs write them.
 */

const time = /(?:^|[^\d.])\d{1,2}[:.]\d{2}(?![\d.]*\d)/u;
const months =
  'янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|сту|лют|сак|кра|тра|чэр|ліп|жні|вер|кас|ліс|сне|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const date = new RegExp(
  String.raw`\b(?:19|20)\d{2}\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:^|\s)\d{1,2}\s{1,3}(?:${months})`,
  'iu',
);
const verb = String.raw`wrote|writes|schrieb|a écrit|написал(?:\s?\(а\)|а|и)?|пишет|писал(?:\s?\(а\)|а|и)?|піша|пісаў(?:\s?\(-?л?а\)|ла)?|напісаў(?:\s?\(-?л?а\)|\/-?ла)?|напісала|напіса[лў]\(а\)|сообщает|отправил(?:\s?\(а\)|а)?`;
const saidVerb = new RegExp(`(?:${verb})\\s{0,3}:$`, 'iu');
/** The Bat and Roundcube put the time last: «Вы писали 10 ноября 2026 г., 10:15:33:». */
const saidThen = new RegExp(`(?:^|\\s)(?:${verb})\\s(.{4,80}):$`, 'iu');
const dateWords = new RegExp(
  `(?:${months})\\p{L}{0,7}|(?:пн|вт|ср|чт|пт|сб|вс|аў|чц|нд|mon|tue|wed|thu|fri|sat|sun)\\p{L}{0,9}|(?:понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье|панядзелак|аўторак|серад[ау]|чацвер|пятніц[ау]|субот[ау]|нядзел[яю])|\\bat\\b|\\bon\\b|\\b[ap]m\\b|г|в|у|gmt|utc|msk|мск`,
  'giu',
);
const withAddress = /[^\s<>@]{1,64}@[^\s<>@]{1,255}/u;
const endsWithAddress = /[^\s<>@]{1,64}@[^\s<>@]{1,255}\s{0,2}>?\s{0,3}:$/u;
/** No person writes «(а)», nor starts with «10.11.2026 10:15, » or “On Tue, Nov 10, 2026 at”. */
const machineVerb = /\((?:а|-?л?а)\)\s{0,3}:$/iu;
const startsWithDate = new RegExp(
  String.raw`^(?:(?:on|в|у)\s{1,2})?(?:\p{L}{2,12}\.?,?\s{1,2})?(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}\s{1,2}(?:${months})\p{L}{0,7}\.?,?\s{1,2}\d{4}|(?:${months})\p{L}{0,7}\.?\s{1,2}\d{1,2},?\s{1,2}\d{4})`,
  'iu',
);

/** Whether the joined lines say who wrote, and when, what is quoted below: «10 ноя. 2026 г., 10:15, Иван <i@x.by> написал(а):». */
export function isAttribution(text: string): boolean {
  if (!text.endsWith(':')) return false;
  const says = saidVerb.test(text);
  const when = date.test(text) || time.test(text);
  if (says && (when || withAddress.test(text))) return true;
  if (isSaidThen(text)) return true;
  // mail.ru, Yandex and Gmail in Belarusian end with the address alone: «Вторник, 10 ноября 2026, 10:15 +03:00 от Иван <i@x.by>:»
  return date.test(text) && time.test(text) && endsWithAddress.test(text);
}

/**
 * Whether an attribution can only be a program's: what follows it is a quote even where nothing marks it as one. A
 * sentence like «Директор 10.11.2026 сообщает:» is not, since the sender may go on himself.
 */
export function isMachineAttribution(text: string): boolean {
  const when = date.test(text) && time.test(text);
  if (!when) return withAddress.test(text) && /^on\s/iu.test(text);
  return withAddress.test(text) || machineVerb.test(text) || startsWithDate.test(text);
}

/** Whether a line above marked quotes names their moment: trackers and forums write «Иван Петров, 10.11.2026 10:15:». */
export function attributionLine(text: string): boolean {
  return text.length <= 120 && date.test(text) && time.test(text);
}

function isSaidThen(text: string): boolean {
  const when = saidThen.exec(text)?.[1];
  if (when === undefined || !date.test(when) || !time.test(when)) return false;
  return !/\p{L}/u.test(when.replaceAll(dateWords, ''));
}

/** Whether a line holds a date, as the first line of an attribution does. */
export function mentionsDate(line: string): boolean {
  return line.length <= 400 && (date.test(line) || /^on\s/iu.test(line));
}

const dashes = String.raw`[-–—_=*]{2,}\s*`;
const originalMarker = new RegExp(
  `^\\s*${dashes}(?:original (?:message|appointment)|reply message|исходное сообщение|оригинальное сообщение|первоначальное сообщение|исходное письмо|зыходнае паведамленне|зыходны ліст|арыгінальнае паведамленне|ursprüngliche nachricht|сообщение от .{1,80}|ліст ад .{1,80})\\s*:?\\s*(?:${dashes})?$`,
  'iu',
);
/** Trackers and help desks ask for answers above such a line. */
const answerAbove =
  /^[\s#*=_-]{0,20}(?:(?:please )?(?:type|write|add|enter)? ?your reply above this line|reply above this line|(?:пожалуйста,? )?(?:пишите|напишите|введите|оставьте|размещайте)? ?(?:ваш )?ответ(?:ьте|айте)? выше (?:этой|данной) (?:строки|линии|черты)|(?:калі ласка,? )?(?:пішыце|напішыце)? ?(?:ваш )?адка(?:з|жыце|звайце) вышэй за гэты радок)[\s#*=_.-]{0,20}$/iu;
const forwardMarker = new RegExp(
  `^\\s*(?:${dashes}(?:forwarded (?:message|mail)(?: from .*)?|пересылаемое сообщение|пересланное сообщение|перенаправленное сообщение|пересылаемое письмо|пересланное письмо|переадресованное (?:сообщение|письмо)|перасланы ліст|перасланае паведамленне|перасылаемае паведамленне|перанакіраванае паведамленне)\\s*:?\\s*(?:${dashes})?|begin forwarded message:|начало (?:переадресованного|пересылаемого|пересланного) (?:сообщения|письма):|пачатак перасланага (?:паведамлення|ліста):)\\s*$`,
  'iu',
);

/** Whether a line separates an answer from the letter it answers. */
export function isOriginalMarker(line: string): boolean {
  return line.length <= 200 && (originalMarker.test(line) || answerAbove.test(line));
}

/** Whether a line says that a forwarded letter follows. */
export function isForwardMarker(line: string): boolean {
  return line.length <= 200 && forwardMarker.test(line);
}

const headerLabels: readonly RegExp[] = [
  /^(?:from|от|от кого|ад|ад каго|von|de)$/iu,
  /^(?:sent|date|отправлено|отправленные|отправлен|дата|послано|когда|адпраўлена|дасланы|даслана|gesendet)$/iu,
  /^(?:to|кому|каму|an)$/iu,
  /^(?:cc|копия|копія|kopie)$/iu,
  /^(?:subject|тема|тэма|betreff)$/iu,
];
const headerLine = /^[\s*_]*([\p{L} ]{1,12})[\s*_]*:[\s*_]*\S/u;
const separatorLine = /^\s*[_-]{5,}\s*$/u;

/**
 * Whether a header block as Outlook and web mail write it starts here: the sender's line and at least two of sent, to
 * and subject within the next lines. A line of underscores before it belongs to it.
 */
export function isHeaderBlock(lines: readonly string[], index: number): boolean {
  let start = index;
  if (separatorLine.test(lines[start] ?? '')) start += 1;
  while (start > index && start < lines.length && (lines[start] ?? '').trim() === '') start += 1;
  if (labelAt(lines, start) !== 0) return false;
  const seen = new Set<number>();
  for (const offset of [1, 2, 3, 4, 5, 6, 7]) {
    const label = labelAt(lines, start + offset);
    if (label > 0) seen.add(label);
  }
  return seen.size >= 2;
}

/** Whether a line belongs to the attribution below it: «Кому: Иван (i@x.by);», «Тема: Сайт;» or the dashes above them. */
export function continuesAttributionUp(line: string): boolean {
  if (line.length > 400) return false;
  return separatorLine.test(line) || (labelAt([line], 0) > 1 && line.trimEnd().endsWith(';'));
}

function labelAt(lines: readonly string[], index: number): number {
  const colon = (lines[index] ?? '').indexOf(':');
  if (colon === -1 || colon > 24) return -1;
  const label = headerLine.exec(lines[index] ?? '')?.[1]?.trim() ?? '';
  return label === '' ? -1 : headerLabels.findIndex((pattern) => pattern.test(label));
}
