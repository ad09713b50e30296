import { displayAddress } from '#shared/mail/addresses.ts';
import { foldText } from '#shared/text/fold-text.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';

/** Digits of phone numbers stand as these letters, which folded text never has: `37` must not find every `+375`. */
const phoneLetters = 'ABCDEFGHIJ';

/**
 * What a ticket is found by, on one line each: the client's name, then everything else.
 *
 * Folded; a Belarusian phone number stands there in both of its ways, `80 29 ...` and `375 29 ...`.
 */
export function searchableText({ subject, client, tags, token }: Ticket): string {
  const { name, address, phone } = client;
  const shown = displayAddress(address);
  const rest = [foldText(subject), foldText(address), `stp ${foldText(token)}`, ...tags.map(foldText)];
  if (shown !== address) rest.push(foldText(shown));
  if (phone !== '') rest.push(...phoneWays(digitsOf(phone)).map(inPhoneLetters));
  return `${foldText(name)}\n${rest.join('\n')}`;
}

/** Digits as they stand in {@link searchableText}. */
export function inPhoneLetters(digits: string): string {
  return digits.replaceAll(/[0-9]/gu, (digit) => phoneLetters[Number(digit)] ?? '');
}

/** The digits of a text, however they are grouped. */
export function digitsOf(text: string): string {
  return text.replaceAll(/[^0-9]+/gu, '');
}

function phoneWays(digits: string): string[] {
  const national = /^(?:375|80)([0-9]{9})$/u.exec(digits)?.[1];
  return national === undefined ? [digits] : [`80${national}`, `375${national}`];
}
