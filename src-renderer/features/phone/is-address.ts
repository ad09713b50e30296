import { normaliseAddress } from '#shared/mail/addresses.ts';

/** Whether a text can be somebody's mail address: one local part, and a domain of at least two labels. */
export function isAddress(text: string): boolean {
  return /^[^\s@<>,;]+@[^\s@.<>,;]+(?:\.[^\s@.<>,;]+)+$/u.test(normaliseAddress(text));
}
