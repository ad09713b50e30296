import type { Regulation } from '#shared/regulation/regulation.ts';
import { RuleBook } from '#shared/regulation/rule-book.ts';

/**
 * The rule book of the directory's regulations: the same one, its compiled calendars included, until there are others.
 *
 * A version is never changed, except by a restored backup, after which another one may bear its revision.
 */
export class KnownRules {
  #key = '';
  #rules = RuleBook.shipped();

  of(regulations: readonly Regulation[]): RuleBook {
    const key = regulations.map(({ revision, since }) => `${revision} ${since}`).join();
    if (key !== this.#key) {
      this.#key = key;
      this.#rules = RuleBook.shipped().with(regulations);
    }
    return this.#rules;
  }
}
