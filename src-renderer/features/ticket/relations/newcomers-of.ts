import type { Ticket } from '#shared/ticket/ticket.ts';

/**
 * Addresses that see a correspondence which was not theirs once the given ticket is a part of the kept one; in both
 * directions, since everybody takes part in the whole from then on (regulation §5: requests are confidential).
 */
export function newcomersOf(
  given: Pick<Ticket, 'participants'>,
  kept: Pick<Ticket, 'participants'>,
): readonly string[] {
  const here = new Set(kept.participants);
  const there = new Set(given.participants);
  return [...here.symmetricDifference(there)];
}
