import { domainToUnicode } from '#shared/text/idn.ts';

/**
 * An address as people read it: domain in its own script, path decoded.
 *
 * What decoding would turn into white space, brackets or control characters stays encoded, so that an address cannot
 * pretend to be two.
 */
export function readableUrl(url: string): string {
  if (!URL.canParse(url)) return url;
  const parsed = new URL(url);
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return decodeReadable(url);
  const port = parsed.port === '' ? '' : `:${parsed.port}`;
  const rest = `${parsed.pathname}${parsed.search}${parsed.hash}`;
  return `${parsed.protocol}//${domainToUnicode(parsed.hostname)}${port}${decodeReadable(rest)}`;
}

function decodeReadable(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/giu, (encoded) => {
    try {
      return decodeURIComponent(encoded).replaceAll(/[\s\p{C}<>"'()\\/?#%&@]/gu, encodeAlways);
    } catch {
      // Another charset than UTF-8: nothing to read.
      return encoded;
    }
  });
}

/** `encodeURIComponent` lets quotes and brackets through. */
function encodeAlways(character: string): string {
  const encoded = encodeURIComponent(character);
  return encoded === character ? `%${character.charCodeAt(0).toString(16).toUpperCase()}` : encoded;
}
