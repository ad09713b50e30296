/*
 * How mail programs mark what they quote: attributions, separators, header blocks, closing formulas, in English,
 * Russian and Belarusian, as the programs write them.
 */

const time = /(?:^|[^\d])\d{1,2}[:.]\d{2}(?!\d*\.\d)/u;
const date =
  /\b(?:19|20)\d{2}\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:^|\s)\d{1,2}\s+(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|сту|лют|сак|кра|тра|чэр|ліп|жні|вер|кас|ліс|сне|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/iu;
const saidVerb =
  /(?:wrote|writes|schrieb|a écrit|написал(?:\s?\(а\)|а|и)?|пишет|писал(?:\s?\(а\)|а)?|піша|пісаў(?:\s?\(-?ла\)|ла)?|напісаў(?:\s?\(-?л?а\)|\/-?ла)?|напісала|напіса[лў]\(а\)|сообщает|отправил(?:\s?\(а\)|а)?)\s*:$/iu;
const withAddress = /[^\s<>@]+@[^\s<>@]+/u;

/** Whether the joined lines say who wrote, and when, what is quoted below: «10 ноя. 2026 г., 10:15, Иван <i@x.by> написал(а):». */
export function isAttribution(text: string): boolean {
  if (!text.endsWith(':')) return false;
  const says = saidVerb.test(text);
  const when = date.test(text) || time.test(text);
  if (says && /^(?:on|am|le)\s/iu.test(text)) return when || withAddress.test(text);
  if (says && when) return true;
  if (says && withAddress.test(text)) return true;
  // mail.ru, Yandex and Gmail in Belarusian end with the address alone: «Вторник, 10 ноября 2026, 10:15 +03:00 от Иван <i@x.by>:»
  return date.test(text) && time.test(text) && /<?[^\s<>@]+@[^\s<>@]+>?\s*:$/u.test(text);
}

/** Whether a line holds a date, as the first line of an attribution does. */
export function mentionsDate(line: string): boolean {
  return date.test(line) || /^on\s/iu.test(line);
}

const dashes = String.raw`[-–—_=*]{2,}\s*`;
const originalMarker = new RegExp(
  `^\\s*${dashes}(?:original (?:message|appointment)|reply message|исходное сообщение|оригинальное сообщение|первоначальное сообщение|исходное письмо|зыходнае паведамленне|зыходны ліст|арыгінальнае паведамленне|ursprüngliche nachricht)\\s*:?\\s*(?:${dashes})?$`,
  'iu',
);
const forwardMarker = new RegExp(
  `^\\s*(?:${dashes}(?:forwarded (?:message|mail)(?: from .*)?|пересылаемое сообщение|пересланное сообщение|пересылаемое письмо|перасланае паведамленне|перасылаемае паведамленне|перанакіраванае паведамленне)\\s*:?\\s*(?:${dashes})?|begin forwarded message:|начало переадресованного (?:сообщения|письма):|пачатак перасланага (?:паведамлення|ліста):)\\s*$`,
  'iu',
);

/** Whether a line separates an answer from the letter it answers. */
export function isOriginalMarker(line: string): boolean {
  return line.length <= 200 && originalMarker.test(line);
}

/** Whether a line says that a forwarded letter follows. */
export function isForwardMarker(line: string): boolean {
  return line.length <= 200 && forwardMarker.test(line);
}

const headerLabels: readonly RegExp[] = [
  /^(?:from|от|от кого|ад|ад каго|von|de)$/iu,
  /^(?:sent|date|отправлено|дата|послано|когда|адпраўлена|дасланы|gesendet)$/iu,
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

function labelAt(lines: readonly string[], index: number): number {
  const colon = (lines[index] ?? '').indexOf(':');
  if (colon === -1 || colon > 24) return -1;
  const label = headerLine.exec(lines[index] ?? '')?.[1]?.trim() ?? '';
  return label === '' ? -1 : headerLabels.findIndex((pattern) => pattern.test(label));
}

const salutation =
  /^\s*(?:--+\s*)?(?:(?:с|c)\s+(?:наилучшими пожеланиями|уважением|искренним уважением|глубоким уважением|пожеланиями)|всего (?:доброго|хорошего|наилучшего)|з\s+(?:павагай|вялікай павагай|найлепшымі пажаданнямі)|усяго (?:добрага|найлепшага)|(?:best|kind|warm|with (?:best|kind)) regards|best wishes|regards|sincerely(?: yours)?|yours (?:sincerely|faithfully)|cheers)(?!\p{L})/iu;
/** After the formula: nothing, punctuation, or a name; «С уважением отношусь к…» is a sentence. */
const afterSalutation = /^\s*(?:[,.!;:–—-].*|\p{Lu}.*)?$/u;
const sentFrom =
  /^\s*(?:sent from (?:my|mail|outlook|yandex|myMail)|отправлено (?:с|из|через)\s|отправлено при помощи|адпраўлена (?:з|праз)\s|get outlook for|скачать outlook|получите outlook|посл?ано с\s)/iu;

/** Whether a line is the formula that closes a letter; what follows it is a signature. */
export function isSalutation(line: string): boolean {
  const match = line.length <= 140 ? salutation.exec(line) : null;
  return match !== null && afterSalutation.test(line.slice(match[0].length));
}

/** Whether a line is a mail program's advertisement for itself. */
export function isSentFrom(line: string): boolean {
  return line.length <= 140 && sentFrom.test(line);
}
