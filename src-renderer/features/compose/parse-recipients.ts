import { normaliseAddress, parseAddresses } from '#shared/mail/addresses.ts';
import { domainToAscii } from '#shared/text/idn.ts';
import type { MailboxAddress } from '#shared/ticket/letter.ts';

/** Decoding is for headers only: what an agent types or pastes is text already. */
const asTyped = (): string => '';

/** People as they are typed or pasted: `Name <address>, address`. What is no address keeps its text as the address. */
export function parseRecipients(text: string): MailboxAddress[] {
  return parseAddresses(text.replaceAll('\n', ','), asTyped).map(({ name, address }) =>
    address === '' ? { name: '', address: name } : { name, address },
  );
}

/** Whether a letter can be sent there (the main process looks once more): one plain address with a whole domain. */
export function isRecipient({ address }: Pick<MailboxAddress, 'address'>): boolean {
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
