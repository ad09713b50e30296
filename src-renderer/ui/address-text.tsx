import { displayAddress } from '#shared/mail/addresses.ts';
import type { MailboxAddress } from '#shared/ticket/letter.ts';

/** People of a letter: name and address, domains in their own script. */
export function AddressText({ addresses }: { readonly addresses: readonly MailboxAddress[] }) {
  return <>{addresses.map(addressWords).join(', ')}</>;
}

/** One person in words; the address always shows, because a name proves nothing. */
export function addressWords({ name, address }: MailboxAddress): string {
  const shown = displayAddress(address);
  if (shown === '') return name;
  return name === '' ? shown : `${name} <${shown}>`;
}
