/**
 * Chromium cannot navigate to `app:`, so `app://desk/x` is `http://desk.app.localhost/x` inside the browser.
 *
 * `*.localhost` is a secure context, and without a port in it the origin, and so IndexedDB, is the same in every
 * start; `--host-resolver-rules` sends it to the port of this start.
 */
const hostSuffix = '.localhost';

/** The address inside the browser for an address of a custom scheme; other addresses as they are. */
export function toBrowserUrl(url: string, schemes: ReadonlySet<string>): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/iu.exec(url);
  const [, scheme = '', host = '', rest = ''] = match ?? [];
  if (!schemes.has(scheme)) return url;
  return `http://${host}.${scheme}${hostSuffix}${rest || '/'}`;
}

/** The address that the application knows for an address inside the browser. */
export function toPublicUrl(url: string, schemes: ReadonlySet<string>): string {
  const match = /^http:\/\/([^/?#]*)(.*)$/u.exec(url);
  const [, authority = '', rest = ''] = match ?? [];
  if (!authority.endsWith(hostSuffix)) return url;
  const labels = authority.slice(0, -hostSuffix.length).split('.');
  const scheme = labels.pop() ?? '';
  return schemes.has(scheme) ? `${scheme}://${labels.join('.')}${rest}` : url;
}

/** Chromium's rule that sends all custom schemes to one loopback port. */
export function hostResolverRules(schemes: ReadonlySet<string>, port: number): string {
  return [...schemes].map((scheme) => `MAP *.${scheme}${hostSuffix} 127.0.0.1:${port}`).join(',');
}

/** Domains of a cookie that goes to all custom schemes and nowhere else. */
export function cookieDomains(schemes: ReadonlySet<string>): string[] {
  return [...schemes].map((scheme) => `.${scheme}${hostSuffix}`);
}
