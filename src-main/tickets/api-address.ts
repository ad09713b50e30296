import { err, ok, type Result } from '#shared/result.ts';
import { isLoopback } from '../network/is-loopback.ts';

/** Why an address cannot be the ticket API's. */
export type ApiAddressProblem = 'bad-address' | 'plain-text-refused';

/**
 * The one form of an API's address: scheme, ASCII host, port, path without a slash at its end. A profile is named after
 * it. Without a scheme https is meant; http is refused except to this computer.
 */
export function canonicalApiUrl(text: string): Result<string, ApiAddressProblem> {
  const trimmed = text.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//iu.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (!URL.canParse(withScheme)) return err('bad-address');
  const url = new URL(withScheme);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return err('bad-address');
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return err('plain-text-refused');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return err('bad-address');
  return ok(`${url.protocol}//${url.host}${url.pathname.replace(/\/+$/u, '')}`);
}
