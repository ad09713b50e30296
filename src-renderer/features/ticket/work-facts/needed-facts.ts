import type { Category } from '#shared/regulation/category.ts';
import type { Fact } from '#shared/regulation/fact.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';

/** Something that a kind of work needs, and what is known of it. */
export interface NeededFact extends Fact {
  /** Empty while it is not known. */
  readonly text: string;
}

/** What a ticket's kind of work needs to be known, in the order of the regulation; nothing without a kind. */
export function neededFacts(
  { category, facts }: Pick<Ticket, 'category' | 'facts'>,
  categories: readonly Category[],
): readonly NeededFact[] {
  const needs = categories.find(({ id }) => id === category)?.facts ?? [];
  return needs.map((fact) => ({ ...fact, text: facts[fact.id] ?? '' }));
}

/** Of those, what is not known. */
export function missingFacts(needed: readonly NeededFact[]): readonly NeededFact[] {
  return needed.filter(({ text }) => text === '');
}

/** Where to go on after a fact: the next one that is missing, from the start again after the last; null for none. */
export function nextMissing(needed: readonly NeededFact[], after: string): string | null {
  const place = needed.findIndex(({ id }) => id === after);
  const others = [...needed.slice(place + 1), ...needed.slice(0, Math.max(place, 0))];
  return missingFacts(others)[0]?.id ?? null;
}
