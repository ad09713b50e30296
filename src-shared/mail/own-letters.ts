import { normaliseAddress } from './addresses.ts';

/** Message-IDs of the desk's letters begin with this, so that one that comes back can be told to be ours. */
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

/**
 * True for a Message-ID that a desk of this service made: the prefix and a domain of the service's own addresses
 * (normalised). Another service that works with the same program is a client like any other.
 */
export function isOwnMessageId(messageId: string, ownAddresses: ReadonlySet<string>): boolean {
  if (!messageId.toLowerCase().startsWith(ownMessageIdPrefix)) return false;
  const domain = domainOf(normaliseAddress(messageId.slice(1, -1)));
  return [...ownAddresses].some((address) => domainOf(address) === domain);
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
