/**
 * The address of an article as it is stored: http or https, host in ASCII form; null where the text is no such address.
 *
 * An address without scheme is taken as https, because people copy what the address bar shows.
 */
export function articleUrl(text: string): string | null {
  const trimmed = text.trim();
  const whole = /^[a-z][a-z0-9+.-]*:/iu.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (!URL.canParse(whole)) return null;
  const url = new URL(whole);
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  const named = url.hostname.includes('.') || url.hostname === 'localhost';
  return web && named && url.username === '' && url.password === '' ? url.href : null;
}
