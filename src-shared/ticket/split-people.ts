import { normaliseAddress } from '../mail/addresses.ts';
import type { Letter, MailboxAddress } from './letter.ts';
import type { Ticket } from './ticket.ts';

/** Who wrote a letter, and to whom. */
export type LetterPeople = Pick<Letter, 'from' | 'to' | 'cc'>;

/** The letters of a ticket, as far as they tell who takes part in what. */
export interface TicketLetters {
  /** By id. */
  readonly received: ReadonlyMap<string, LetterPeople>;
  /** What the service wrote, by Message-ID. */
  readonly sent: ReadonlyMap<string, LetterPeople>;
}

type People = Pick<Ticket, 'client' | 'participants'>;

/**
 * Who takes part in letters that become a ticket of their own: those who wrote them, and those to whom they were written
 * as far as the service has written to them before. The first letter's sender is the client.
 *
 * Nobody else of the old ticket: it may be another's matter (regulation §5). Letters that are not known bring nobody.
 */
export function peopleOfSplitOff(
  { client, participants }: People,
  letterIds: readonly string[],
  { received }: TicketLetters,
): People {
  const letters = letterIds.flatMap((id) => received.get(id) ?? []);
  const addressees = addressesOf(letters.flatMap(({ to, cc }) => [...to, ...cc]));
  const known = addressees.filter((address) => participants.includes(address));
  return {
    client: clientOf(letters, client),
    participants: [...new Set([...sendersOf(letters), ...known])],
  };
}

/**
 * Who takes part in what stays behind: not those of whose letters none is left, unless the service's own letters there
 * were written to them. The client is then whoever wrote the first of the letters that are left.
 */
export function peopleWhoStay(
  left: Pick<Ticket, 'client' | 'participants' | 'events'>,
  movedIds: readonly string[],
  { received, sent }: TicketLetters,
): People {
  const { client, participants, events } = left;
  const isCall = events.some((event) => event.kind === 'client-contact' && event.letterId === null);
  const ids = events.flatMap((event) => (event.kind === 'client-contact' ? (event.letterId ?? []) : []));
  const staying = ids.flatMap((id) => received.get(id) ?? []);
  const answers = events.flatMap((event) =>
    event.kind === 'answer' ? (sent.get(event.messageId) ?? []) : [],
  );
  const leaving = new Set(sendersOf(movedIds.flatMap((id) => received.get(id) ?? [])));
  for (const address of sendersOf(staying)) leaving.delete(address);
  const isOther = leaving.has(normaliseAddress(client.address)) && !isCall && staying.length > 0;
  const remaining = isOther ? clientOf(staying, client) : client;
  for (const address of addressesOf([remaining, ...answers.flatMap(({ to, cc }) => [...to, ...cc])])) {
    leaving.delete(address);
  }
  const kept = participants.filter((address) => !leaving.has(address));
  const first = normaliseAddress(remaining.address);
  return {
    client: remaining,
    // The client stands first, as in a ticket that was opened by one.
    participants: kept.includes(first) ? [...new Set([first, ...kept])] : kept,
  };
}

/** The sender of the first letter; with the telephone that was written down, where it is the same client. */
function clientOf([first]: readonly LetterPeople[], before: Ticket['client']): Ticket['client'] {
  if (first === undefined) return { name: '', address: '', phone: '' };
  const address = normaliseAddress(first.from.address);
  return address !== '' && address === normaliseAddress(before.address)
    ? before
    : { ...first.from, phone: '' };
}

function sendersOf(letters: readonly LetterPeople[]): string[] {
  return addressesOf(letters.map(({ from }) => from));
}

function addressesOf(people: readonly Pick<MailboxAddress, 'address'>[]): string[] {
  return people.map(({ address }) => normaliseAddress(address)).filter((address) => address !== '');
}
