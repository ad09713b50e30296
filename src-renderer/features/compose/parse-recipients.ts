import { parseAddresses } from '#shared/mail/addresses.ts';
import { isSendableAddress } from '#shared/mail/sendable-address.ts';
import type { MailboxAddress } from '#shared/ticket/letter.ts';

/** Decoding is for headers only: what an agent types or pastes is text already. */
const asTyped = (): string => '';

/** People as they are typed or pasted: `Name <address>, address`. What is no address keeps its text as the address. */
export function parseRecipients(text: string): MailboxAddress[] {
  return parseAddresses(text.replaceAll('\n', ','), asTyped).map(({ name, address }) =>
    address === '' ? { name: '', address: name } : { name, address },
  );
}

/** Whether a letter can be sent there (the main process looks once more). */
export function isRecipient({ address }: Pick<MailboxAddress, 'address'>): boolean {
  return isSendableAddress(address);
}
