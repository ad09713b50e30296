const longest = 4000;

/** Parameters of `mailto:` that only fill in text; some mail programs attach local files on others. */
const mailtoParameters = new Set(['subject', 'body', 'cc']);

/**
 * The form in which a link may be handed to the operating system, or undefined when it may not.
 *
 * Only https, http, mailto and tel: everything else can start programs (`file:`, `smb:`, `ms-*:`). No user name or
 * password in the address, which make a link look like another site, and no white space or control characters, which
 * the shells of operating systems read differently from URL parsers.
 */
export function externalUrl(text: string): string | undefined {
  if (text.length > longest || /[\s\p{Cc}\\"<>^`{|}]/u.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  switch (url.protocol) {
    case 'https:':
    case 'http:':
      return url.hostname !== '' && url.username === '' && url.password === '' ? url.href : undefined;
    case 'mailto:':
      return [...url.searchParams.keys()].every((name) => mailtoParameters.has(name.toLowerCase()))
        ? url.href
        : undefined;
    case 'tel:':
      return /^tel:\+?[0-9().-]{2,40}$/u.test(url.href) ? url.href : undefined;
    default:
      return undefined;
  }
}
