/*
 * How letters end: closing formulas, and what mail programs and virus scanners write below them.
 */

const maxLength = 140;

const salutation =
  /^\s*(?:--+\s*)?(?:(?:с|c)\s+(?:наилучшими(?: пожеланиями)?|уважением(?: и (?:благодарностью|наилучшими пожеланиями))?|искренним уважением|глубоким уважением|большим уважением|благодарностью|пожеланиями)|всего (?:доброго|хорошего|наилучшего)|(?:з|с)\s+(?:павагай(?: і (?:удзячнасцю|падзякай))?|вялікай павагай|шчырай павагай|найлепшымі(?: пажаданнямі)?|удзячнасцю)|усяго (?:добрага|найлепшага)|(?:best|kind|kindest|warm|with (?:best|kind)) regards|best wishes|regards|sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|cheers)(?!\p{L})/iu;
/** After the formula: nothing, punctuation, or a name; «С уважением отношусь к…» is a sentence. */
const afterSalutation = /^\s*(?:[,.!;:–—-].*|\p{Lu}.*)?$/u;
const sentFrom =
  /^\s*(?:sent (?:from|via) (?:my|mail|outlook|yandex|mymail|the|a|gmail|proton|samsung|yahoo|blackberry)|отправлено (?:с|со|из|через|от)\s|отправлено при помощи|(?:адпраўлена|даслана|паслана) (?:з|са|праз|з дапамогай)\s|get outlook for|(?:скачать|загрузить|спампаваць) outlook|получите outlook|посл?ано с\s|вирусов нет\.|virus-free\.|(?:это|данное) (?:сообщение|письмо) проверено на (?:отсутствие )?вирус|this e?-?mail has been (?:checked|scanned) for viruses)/iu;
const ownSentence =
  /\?\s*$|(?:^|[^\p{L}])(?:прошу|просим|просьба|подскажите|помогите|пожалуйста|жд[её]м|жду|не работает|не открывается|прашу|просім|падкажыце|дапамажыце|калі ласка|чакаем|не працуе|please|could you|can you)(?!\p{L})|^\s*(?:p\.?\s?s|п\.?\s?с|з\.?\s?ы|пс)(?:\.|:|\s|$)/iu;
const card =
  /[^\s<>@]{1,64}@[^\s<>@]{2,255}|(?:\+|\b8|\b0)[ (-]{0,2}\d[\d ()-]{6,17}|(?:^|\s)(?:тел|моб|факс|tel|phone|mob)\s?[.:]|https?:\/\/|www\./iu;

/** Whether a line is the formula that closes a letter; what follows it is a signature. */
export function isSalutation(line: string): boolean {
  const match = line.length <= maxLength ? salutation.exec(line) : null;
  if (match === null) return false;
  const after = line.slice(match[0].length);
  return afterSalutation.test(after) && !isOwnSentence(after);
}

/** Whether a line is a mail program's or a virus scanner's advertisement for itself. */
export function isSentFrom(line: string): boolean {
  return line.length <= maxLength && sentFrom.test(line) && !isOwnSentence(line);
}

/** Whether a line asks or tells something, as signatures do not. */
export function isOwnSentence(line: string): boolean {
  return ownSentence.test(line);
}

/** Whether lines hold what a visiting card does, a way to reach somebody, or start with a closing formula. */
export function looksLikeCard(lines: readonly string[]): boolean {
  return lines.some((line) => line.length <= maxLength && (isSalutation(line) || card.test(line)));
}
