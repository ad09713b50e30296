import { useState } from 'react';
import type { Regulation } from '#shared/regulation/regulation.ts';
import type { RuleBook } from '#shared/regulation/rule-book.ts';
import { KnownRules } from '../cache/known-rules.ts';

/** The rule book with these versions of the regulation; another one only when the versions are others. */
export function useRules(regulations: readonly Regulation[]): RuleBook {
  const [known] = useState(() => new KnownRules());
  return known.of(regulations);
}
