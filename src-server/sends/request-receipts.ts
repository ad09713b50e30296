import { v4 as newRandomUuid, v7 as newUuid } from 'uuid';
import type { TicketId } from '#shared/ids.ts';
import { normaliseAddress } from '#shared/mail/addresses.ts';
import { isMachineAddress } from '#shared/mail/machine-address.ts';
import { ownMessageIdPrefix } from '#shared/mail/own-letters.ts';
import type { RuleBook } from '#shared/regulation/rule-book.ts';
import type { LetterFacts } from '#shared/ticket/letter.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { formatDate } from '#shared/text/format-moment.ts';
import type { Queryable } from '../database/database.ts';
import { storableId } from '../ingest/message-refs.ts';
import type { MailboxRules } from '../mailbox/mailbox-records.ts';

/** A weekend and the morning after it: later than that a receipt tells a client nothing that he would still want to know. */
const worthSendingMs = 72 * 3_600_000;

/** A letter that opened a ticket. */
export interface OpeningLetter {
  readonly ticketId: TicketId;
  readonly facts: LetterFacts;
}

/** What of the client's letter its receipt needs. */
export interface RequestedLetter {
  readonly to: LetterFacts['from'];
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly hops: number;
}

/**
 * Asks for receipts of letters that opened tickets; the desks send them.
 *
 * In the transaction that opens the tickets, so that none is forgotten and none is asked for twice. Never for letters of
 * programs (RFC 3834 §2), never where somebody has answered already, and at most once for a sender and a day in Minsk, which the
 * database itself sees to: whatever a program at the other end does to pass for a new client, it gets one letter.
 * The switch that counts is that of the moment when the letter came, so that switching it on answers nothing old.
 */
export async function requestReceipts(
  transaction: Queryable,
  opened: readonly OpeningLetter[],
  tickets: readonly Ticket[],
  { rules, ruleBook }: { readonly rules: MailboxRules; readonly ruleBook: RuleBook },
  now: number,
): Promise<void> {
  const waiting = new Set(
    tickets.flatMap(({ id, reactionStartedAt }) => (reactionStartedAt === null ? [] : [id])),
  );
  const [ownAddress] = rules.ownAddresses;
  const due = opened.filter(
    ({ ticketId, facts }) =>
      waiting.has(ticketId) &&
      isToBeTold(facts) &&
      facts.receivedAt + worthSendingMs > now &&
      isEnabled(ruleBook.at(facts.receivedAt)),
  );
  if (due.length === 0 || ownAddress === undefined) return;
  const domain = ownAddress.slice(ownAddress.lastIndexOf('@') + 1);
  await transaction.query(
    `insert into send_request (id, kind, address, day, ticket_id, message_id, letter, state, made_at, not_before, expires_at)
     select r.id, 'receipt', r.address, $3, r.ticket_id, r.message_id, r.letter, 'waiting', $4::bigint, $4::bigint, r.expires_at
     from unnest($1::text[], $2::text[], $5::text[], $6::text[], $7::text[], $8::bigint[])
       as r (id, address, ticket_id, message_id, letter, expires_at)
     on conflict (kind, address, day) do nothing`,
    [
      due.map(() => newUuid()),
      due.map(({ facts }) => storableId(normaliseAddress(facts.from.address))),
      formatDate(now),
      now,
      due.map(({ ticketId }) => ticketId),
      due.map(() => `${ownMessageIdPrefix}auto.${newRandomUuid()}@${domain}>`),
      due.map(({ facts }) => JSON.stringify(requestedLetter(facts))),
      due.map(({ facts }) => facts.receivedAt + worthSendingMs),
    ],
  );
}

/** Whether clients get receipts by this version of the regulation. */
export function isEnabled({ profile }: RuleBook['current']): boolean {
  return profile.automaticLetters.some(({ id, enabled }) => id === 'receipt' && enabled);
}

function isToBeTold({ kind, hops, from }: LetterFacts): boolean {
  return kind === 'human' && hops === 0 && !isMachineAddress(from.address);
}

/** References as RFC 5322 §3.6.4 has them; the thread's beginning and its newest letters are what programs look at. */
function requestedLetter({ from, messageId, references, inReplyTo, hops }: LetterFacts): RequestedLetter {
  const parents = references.length > 0 ? references : inReplyTo.length === 1 ? inReplyTo : [];
  const ids = [...new Set([...parents, ...(messageId === null ? [] : [messageId])])];
  return {
    to: from,
    inReplyTo: messageId,
    references: ids.length > maxReferences ? [...ids.slice(0, 1), ...ids.slice(1 - maxReferences)] : ids,
    hops: hops + 1,
  };
}

const maxReferences = 50;
