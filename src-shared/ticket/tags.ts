import { Type } from 'typebox';

/** The longest tag, in UTF-16 code units. */
export const longestTag = 40;

/** A word or two that agents put on a ticket to find it by. */
export const TagSchema = Type.String({ minLength: 1, maxLength: longestTag });

/**
 * A tag as it is kept: composed (NFC), in small letters, with single spaces between its words and nothing unseen in
 * them, so that one word typed by two agents is one tag. Empty for what has no word.
 */
export function normaliseTag(tag: string): string {
  return tag.replaceAll(/\s+/gu, ' ').replaceAll(/\p{C}/gu, '').normalize('NFC').toLowerCase().trim();
}

/** Tags as they are kept: normalised, each once, in the order of their letters; blank ones are left out. */
export function normaliseTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map(normaliseTag))].filter((tag) => tag !== '').toSorted();
}
