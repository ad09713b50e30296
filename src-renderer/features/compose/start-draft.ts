import type { Draft } from '#shared/bridge/draft.ts';
import type { DraftId } from '#shared/ids.ts';
import type { LetterContent } from '#shared/mail/letter-content.ts';
import { stripPrefixes } from '#shared/mail/subject.ts';
import type { Letter, MailboxAddress } from '#shared/ticket/letter.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { bareSubject } from '../../ui/bare-subject.ts';
import { quoteLetter } from './quote-letter.ts';

type LetterWithContent = Letter & { readonly content: LetterContent | null };

const maxReferences = 1000;

/** What a new answer begins with. */
export interface DraftStart {
  readonly id: DraftId;
  readonly ticket: Ticket;
  readonly version: number;
  readonly letters: readonly LetterWithContent[];
  readonly ownAddress: string | null;
  readonly now: number;
  /** The line above the quote, in the agent's language. */
  readonly attribution: (letter: Letter) => string;
}

/**
 * The answer to a ticket's newest client letter, ready to be written.
 *
 * Recipients are participants of the ticket and nobody else (regulation §5): a Reply-To or Cc that names a stranger is
 * left out, and the agent's list offers participants only.
 */
export function startDraft(start: DraftStart): Draft {
  const { ticket, letters } = start;
  const answered = newestClientLetter(letters);
  const to = answered === null ? [ticket.client] : recipientsOf(answered, start);
  return {
    id: start.id,
    ticketId: ticket.id,
    ticketToken: ticket.token,
    to,
    cc: answered === null ? [] : copiesOf(answered, to, start),
    subject: `Re: ${stripPrefixes(bareSubject(answered?.subject ?? ticket.subject))}`.slice(0, 2000),
    text: answered === null ? '' : quoteLetter(answered, start.attribution(answered)),
    html: '',
    purpose: 'answer',
    fromName: '',
    answerKind: 'solution',
    attachments: [],
    inReplyTo: answered?.messageId ?? null,
    references: answered === null ? [] : referencesOf(answered),
    ticketVersion: start.version,
    updatedAt: start.now,
  };
}

/**
 * A waiting draft as its agent goes on with it, with the ticket before them: what came while it waited, and what an
 * answer was held back for, is seen by now and holds it no more.
 */
export function reopenDraft(draft: Draft, seenVersion: number): Draft {
  return { ...draft, ticketVersion: Math.max(draft.ticketVersion, seenVersion) };
}

/** The letter that an answer answers: the newest that a client wrote, or a program of theirs where no person has. */
export function newestClientLetter(letters: readonly LetterWithContent[]): LetterWithContent | null {
  const received = letters.filter(({ direction }) => direction === 'in');
  const human = received.filter(({ kind }) => kind === 'human');
  return (human.length > 0 ? human : received).reduce<LetterWithContent | null>(
    (newest, letter) => (newest === null || letter.receivedAt >= newest.receivedAt ? letter : newest),
    null,
  );
}

/** Everybody an answer may go to: the ticket's participants, with the names their letters gave them. */
export function allowedRecipients(
  ticket: Ticket,
  letters: readonly LetterWithContent[],
  ownAddress: string | null,
): MailboxAddress[] {
  const names = new Map<string, string>();
  for (const { from, to, cc } of letters) {
    for (const { name, address } of [...to, ...cc, from]) if (name !== '') names.set(address, name);
  }
  if (ticket.client.name !== '') names.set(ticket.client.address, ticket.client.name);
  return [...new Set([ticket.client.address, ...ticket.participants])]
    .filter((address) => address !== '' && address !== ownAddress)
    .map((address) => ({ name: names.get(address) ?? '', address }));
}

function recipientsOf(answered: LetterWithContent, start: DraftStart): MailboxAddress[] {
  const allowed = allowedRecipients(start.ticket, start.letters, start.ownAddress);
  const replyTo = pick(allowed, answered.content?.replyTo ?? []);
  if (replyTo.length > 0) return replyTo;
  const from = pick(allowed, [answered.from]);
  return from.length > 0 ? from : [start.ticket.client];
}

function copiesOf(
  answered: LetterWithContent,
  to: readonly MailboxAddress[],
  start: DraftStart,
): MailboxAddress[] {
  const taken = new Set(to.map(({ address }) => address));
  const allowed = allowedRecipients(start.ticket, start.letters, start.ownAddress);
  return pick(allowed, [...answered.to, ...answered.cc]).filter(({ address }) => !taken.has(address));
}

function pick(allowed: readonly MailboxAddress[], wanted: readonly MailboxAddress[]): MailboxAddress[] {
  const addresses = new Set(wanted.map(({ address }) => address));
  return allowed.filter(({ address }) => addresses.has(address)).slice(0, 50);
}

/** The answered letter's own references and its id last (RFC 5322 §3.6.4); over the limit the oldest go. */
function referencesOf({ content, messageId }: LetterWithContent): string[] {
  const ids = [...(content?.references ?? []), ...(messageId === null ? [] : [messageId])];
  return [...new Set(ids)].slice(-maxReferences);
}
