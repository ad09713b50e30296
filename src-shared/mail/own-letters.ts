/**
 * Message-IDs of desks' letters begin with this. For people who look for them in a log: which are this service's own is
 * known by claims and records alone, for other services send with the same program, also from the same domain.
 */
export const ownMessageIdPrefix = '<stp.';

/**
 * Stands in letters that were sent without an agent: how many automatic letters led to this one. Whoever receives one
 * with it never answers automatically.
 */
export const hopHeader = 'X-STP-Hop';

const maxHops = 1_000;

/**
 * The hops that a letter's header tells; 0 without the header. What is no number counts as one: the header itself says
 * that a program wrote.
 */
export function parseHops(value: string | null): number {
  if (value === null) return 0;
  const text = value.trim();
  return /^\d{1,9}$/u.test(text) ? Math.min(Number(text), maxHops) : 1;
}
