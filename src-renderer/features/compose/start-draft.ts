import type { Draft } from '#shared/bridge/draft.ts';
import type { DraftId, LetterId } from '#shared/ids.ts';
import type { LetterContent } from '#shared/mail/letter-content.ts';
import { stripPrefixes } from '#shared/mail/subject.ts';
import type { Letter, MailboxAddress } from '#shared/ticket/letter.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { bareSubject } from '../../ui/bare-subject.ts';
import { forwardLetter, quoteLetter, withQuote } from './quote-letter.ts';
import type { Signature } from './signature-of.ts';
import { quotedHtml, textHtml } from './text-html.ts';

type LetterWithContent = Letter & { readonly content: LetterContent | null };

const maxReferences = 1000;

/** Pictures within the text below this are dots that count readers, and a signature's lines and signs. */
const minPictureBytes = 4096;

/** What a new letter begins with. */
export interface DraftStart {
  readonly id: DraftId;
  readonly ticket: Ticket;
  readonly version: number;
  readonly letters: readonly LetterWithContent[];
  readonly ownAddress: string | null;
  readonly now: number;
  readonly signature: Signature;
  /** The line above the quote, in the agent's language. */
  readonly attribution: (letter: Letter) => string;
}

/** What a first letter begins with. */
export interface LetterStart extends Pick<DraftStart, 'id' | 'version' | 'now' | 'signature'> {
  readonly ticket: Pick<Ticket, 'id' | 'token' | 'subject'> & {
    readonly client: Pick<Ticket['client'], 'name' | 'address'>;
  };
}

/** A part of a letter that the agent has marked. */
export interface SelectedPart {
  readonly letterId: LetterId;
  readonly text: string;
}

/**
 * The answer to a ticket's newest client letter, or to the one of which a part is marked, ready to be written.
 *
 * Recipients are participants of the ticket and nobody else (regulation §5): a Reply-To or Cc that names a stranger is
 * left out, and the agent's list offers participants only.
 */
export function startAnswer(start: DraftStart, selected: SelectedPart | null = null): Draft {
  const { ticket, letters } = start;
  const marked = letters.find(({ id }) => id === selected?.letterId);
  const answered = marked?.direction === 'in' ? marked : newestClientLetter(letters);
  const to = answered === null ? [ticket.client] : recipientsOf(answered, start);
  const quoted = marked ?? answered;
  const quote =
    quoted === null ? '' : quoteLetter(quoted, start.attribution(quoted), marked ? selected?.text : null);
  return {
    ...emptyDraft(start, quote),
    to: to.filter(({ address }) => address !== ''),
    cc: answered === null ? [] : copiesOf(answered, to, start),
    subject: `Re: ${stripPrefixes(bareSubject(answered?.subject ?? ticket.subject))}`.slice(0, 2000),
    inReplyTo: answered?.messageId ?? null,
    references: answered === null ? [] : referencesOf(answered),
  };
}

/** The first word on a ticket that an agent began: nobody waited for it, so that it answers nothing. */
export function startLetter(start: LetterStart): Draft {
  const { client, subject } = start.ticket;
  return {
    ...emptyDraft(start, ''),
    purpose: 'letter',
    answerKind: 'notice',
    to: client.address === '' ? [] : [{ name: client.name, address: client.address }],
    subject: bareSubject(subject).slice(0, 2000),
  };
}

/**
 * A letter of the ticket, to be passed on to somebody who takes no part in it. To whom is the agent's word alone; it is
 * no answer, so that nothing of it joins the client's thread.
 */
export function startForward(
  start: DraftStart,
  letter: LetterWithContent,
  head: (letter: Letter) => readonly string[],
): Draft {
  return {
    ...emptyDraft(start, forwardLetter(letter, head(letter))),
    purpose: 'forward',
    answerKind: 'notice',
    subject: `Fwd: ${stripPrefixes(bareSubject(letter.subject))}`.slice(0, 2000),
    forwards: { letterId: letter.id, missing: filesToForward(letter) },
  };
}

/** Pictures within the text too: a screenshot that was pasted is what most letters are about. */
function filesToForward({ content }: LetterWithContent): number[] {
  const files = content?.attachments ?? [];
  return files.filter(({ inline, size }) => !inline || size >= minPictureBytes).map(({ index }) => index);
}

/** Two empty lines to write on, the signature, and what is quoted: the same in text and HTML. */
function emptyDraft(start: LetterStart, quoted: string): Draft {
  const { ticket, signature } = start;
  const signed = signature.text === '' ? '\n' : `\n\n${signature.text}`;
  const written = quoted === '' || signature.text === '' ? signed : `${signed}\n`;
  return {
    id: start.id,
    ticketId: ticket.id,
    ticketToken: ticket.token,
    to: [],
    cc: [],
    subject: '',
    text: quoted === '' ? written : `${written}\n${quoted}`,
    html: quoted === '' ? textHtml(written) : `${textHtml(written)}${quotedHtml(quoted)}`,
    purpose: 'answer',
    fromName: signature.fromName,
    answerKind: 'solution',
    attachments: [],
    inReplyTo: null,
    references: [],
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

/** A waiting answer as the answer to a newer letter, which is quoted at its end where it has words. */
export function answerNewer(draft: Draft, letter: LetterWithContent, attribution: string): Draft {
  const quoted = withQuote(draft, quoteLetter(letter, attribution));
  if (letter.messageId === null) return quoted;
  return { ...quoted, inReplyTo: letter.messageId, references: referencesOf(letter) };
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
