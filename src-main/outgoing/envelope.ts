import { domainToAscii } from '#shared/text/idn.ts';
import { err, ok, type Result } from '#shared/result.ts';

/** Who sends and who receives, as SMTP commands will say it (RFC 5321 §2.3.1); not what the header shows. */
export interface Envelope {
  readonly from: string;
  /** Each once. */
  readonly to: readonly string[];
}

/** An address that is not sent to; `address` is what was given. */
export interface BadAddress {
  readonly kind: 'bad-address';
  readonly address: string;
}

// RFC 5321 dot-string. Quoted local parts are refused: no client has one, and libraries disagree on their escapes,
// which has delivered letters to somebody else. So are non-ASCII ones: without SMTPUTF8 they go out raw.
const dotString = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/iu;
const domainName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u;

/**
 * Builds the envelope from addresses as a person gave them; domains become ASCII, doubles go.
 *
 * What comes out is what goes on the wire, byte for byte: an address that could be read in two ways is refused here.
 */
export function buildEnvelope(
  from: string,
  recipients: readonly string[],
): Result<Envelope, BadAddress | { readonly kind: 'no-recipient' }> {
  const sender = wireAddress(from);
  if (sender === null) return err({ kind: 'bad-address', address: from });
  const to = new Map<string, string>();
  for (const recipient of recipients) {
    const address = wireAddress(recipient);
    if (address === null) return err({ kind: 'bad-address', address: recipient });
    const key = address.toLowerCase();
    if (!to.has(key)) to.set(key, address);
  }
  if (to.size === 0) return err({ kind: 'no-recipient' });
  return ok({ from: sender, to: [...to.values()] });
}

/** Null where the text is not one plain address. */
function wireAddress(text: string): string | null {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const domain = domainToAscii(text.slice(at + 1));
  if (at < 1 || domain === null || local.length > 64 || !dotString.test(local)) return null;
  if (!domainName.test(domain) || local.length + 1 + domain.length > 254) return null;
  return `${local}@${domain}`;
}
