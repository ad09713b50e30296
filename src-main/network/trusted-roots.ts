import { getCACertificates } from 'node:tls';

/**
 * The certificate authorities that a connection may chain to: those that come with the application, those of the
 * operating system, and the service's own (PEM, or null).
 *
 * For the `ca` option of `tls.connect`, which replaces the built-in list instead of adding to it.
 */
export function trustedRoots(ownAuthority: string | null): string[] {
  const roots = new Set([...getCACertificates('default'), ...getCACertificates('system')]);
  return ownAuthority === null ? [...roots] : [...roots, ownAuthority];
}
