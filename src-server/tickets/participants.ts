import { normaliseAddress } from '#shared/mail/addresses.ts';
import type { MailboxAddress } from '#shared/ticket/letter.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';

/*
 * Who may join a ticket: the sender of its first letter, and everybody to whom the service itself has written on it.
 * Not those whom a client put into To or Cc: whoever is mentioned there could otherwise read along by answering, and the
 * service never decided to tell them anything (regulation §5: all requests and answers are confidential).
 */

/** Whether a letter from this address may join. An empty address (a letter without a usable From) is nobody's. */
export function isParticipant(ticket: Ticket, address: string): boolean {
  const normal = normaliseAddress(address);
  return normal !== '' && ticket.participants.includes(normal);
}

/** Adds recipients of an answer, the service's own addresses apart. */
export function withParticipants(
  ticket: Ticket,
  recipients: readonly MailboxAddress[],
  ownAddresses: ReadonlySet<string>,
): Ticket {
  const fresh = new Set(recipients.map((recipient) => normaliseAddress(recipient.address)));
  const added = [...fresh].filter(
    (address) => address !== '' && !ownAddresses.has(address) && !ticket.participants.includes(address),
  );
  return added.length === 0 ? ticket : { ...ticket, participants: [...ticket.participants, ...added] };
}

/** Takes recipients away again, but whoever began the ticket and those whom the service has answered. */
export function withoutParticipants(
  ticket: Ticket,
  recipients: readonly MailboxAddress[],
  answered: readonly MailboxAddress[],
): Ticket {
  const gone = new Set(recipients.map(({ address }) => normaliseAddress(address)));
  for (const { address } of answered) gone.delete(normaliseAddress(address));
  // The first one is the ticket's beginner: where he has no address nobody joins, and no copy in Sent is an answer.
  const participants = ticket.participants.filter((address, place) => place === 0 || !gone.has(address));
  return participants.length === ticket.participants.length ? ticket : { ...ticket, participants };
}
