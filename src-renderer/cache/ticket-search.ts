import { foldText } from '#shared/text/fold-text.ts';
import type { QueueColumns } from './queue-columns.ts';
import { digitsOf, inPhoneLetters } from './searchable-text.ts';

/** Fewer digits than this find no phone number: `12` is a school's. */
const phoneDigits = 4;

/** One thing that must be found of a ticket; any of its ways will do. */
type Wanted = (number: number, text: string) => boolean;

/**
 * A text that tickets are searched for.
 *
 * Every word must be found: in subject, client's name, address, token or phone number, anywhere in them, or as the
 * ticket's number. `#12` and `№ 12` are numbers only. Digits that follow one another are also tried together as a phone
 * number, whatever stands between them: `8 (029) 123-45-67` finds +375 29 1234567.
 */
export class TicketSearch {
  readonly #wanted: readonly Wanted[];

  constructor(text: string) {
    this.#wanted = wantedOf(text);
  }

  /** Nothing is asked for: every ticket is found. */
  get isEmpty(): boolean {
    return this.#wanted.length === 0;
  }

  /** Whether the ticket at a place is found; its text must be there. */
  finds({ numbers, texts }: QueueColumns, place: number): boolean {
    const number = numbers[place] ?? 0;
    const text = texts?.[place] ?? '';
    return this.#wanted.every((isFound) => isFound(number, text));
  }
}

function wantedOf(text: string): Wanted[] {
  const words = text
    .replaceAll(/([#№])\s+/gu, '$1')
    .split(/\s+/u)
    .filter((word) => word !== '');
  const wanted: Wanted[] = [];
  for (let from = 0; from < words.length;) {
    const behind = words.findIndex((word, index) => index >= from && !digitsPattern.test(word));
    const to = behind === -1 ? words.length : Math.max(behind, from + 1);
    const group = words.slice(from, to);
    const own = group.flatMap(wantedOfWord);
    const digits = behind === from ? '' : digitsOf(group.join(''));
    wanted.push(...(digits.length >= phoneDigits ? [orPhone(own, digits)] : own));
    from = to;
  }
  return wanted;
}

/** A word of a phone number. */
const digitsPattern = /^[+(]*[0-9][0-9()+-]*$/u;

function wantedOfWord(word: string): Wanted[] {
  const named = /^[#№]([0-9]{1,9})$/u.exec(word)?.[1];
  if (named !== undefined) return [(number) => number === Number(named)];
  const folded = foldText(word);
  if (folded === '') return [];
  const isNumber = /^[0-9]{1,9}$/u.test(folded);
  if (!isNumber) return [(_, text) => text.includes(folded)];
  return [(number, text) => number === Number(folded) || text.includes(folded)];
}

function orPhone(words: readonly Wanted[], digits: string): Wanted {
  const inLetters = inPhoneLetters(digits);
  return (number, text) => text.includes(inLetters) || words.every((isFound) => isFound(number, text));
}
