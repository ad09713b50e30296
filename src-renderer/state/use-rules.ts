import { useState } from 'react';
import type { Regulation } from '#shared/regulation/regulation.ts';
import { RuleBook } from '#shared/regulation/rule-book.ts';

/**
 * The rule book with these versions of the regulation: the same one, its compiled calendars included, until there are
 * others. A version is never changed, except by a restored backup, after which another may bear its revision.
 */
export function useRules(regulations: readonly Regulation[]): RuleBook {
  const key = regulations.map(({ revision, since }) => `${revision} ${since}`).join();
  const [known, setKnown] = useState(() => ({ key, rules: RuleBook.shipped().with(regulations) }));
  if (known.key === key) return known.rules;
  const next = { key, rules: RuleBook.shipped().with(regulations) };
  setKnown(next);
  return next.rules;
}
