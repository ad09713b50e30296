import { domainToAscii } from '../text/idn.ts';
import { normaliseAddress } from './addresses.ts';

/**
 * Whether a letter can be sent there: one plain address with a whole domain, as `normaliseAddress` gives it. Quoted local
 * parts and those beyond ASCII (RFC 6531) are refused: mail servers that clients use seldom take them.
 */
export function isSendableAddress(address: string): boolean {
  const at = address.lastIndexOf('@');
  const domain = domainToAscii(address.slice(at + 1));
  return (
    at > 0 &&
    address === normaliseAddress(address) &&
    /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/u.test(address.slice(0, at)) &&
    domain !== null &&
    /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u.test(domain)
  );
}
