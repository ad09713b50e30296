import type { AgentId, LetterId, TicketId } from '../ids.ts';
import type { AnswerKind } from '../regulation/answer-kind.ts';
import type { RuleBook } from '../regulation/rule-book.ts';
import type { BounceRecipient } from '../mail/bounce-recipient.ts';
import { reactionPeriods } from '../sla/reaction.ts';
import { decisiveAnswer } from './decisive-answer.ts';
import type { LetterFacts } from './letter.ts';
import type { Ticket, TicketEvent } from './ticket.ts';

/** What the API gives a new ticket besides the letter's own facts. */
export interface NewTicket {
  readonly id: TicketId;
  readonly number: number;
  readonly token: string;
  readonly subject: string;
  readonly participants: readonly string[];
  readonly possibleFollowUpOf: TicketId | null;
}

/** Opens a ticket for a client's letter: the letter's receipt starts the first reaction period. */
export function openTicket(letter: LetterFacts, given: NewTicket, rules: RuleBook): Ticket {
  return withEvents(
    {
      id: given.id,
      number: given.number,
      token: given.token,
      subject: given.subject,
      status: 'open',
      channel: 'mail',
      client: { ...letter.from, phone: '' },
      participants: [...given.participants],
      receivedAt: letter.receivedAt,
      reactionStartedAt: null,
      events: [],
      critical: null,
      holder: null,
      assigneeId: null,
      category: null,
      tags: [],
      facts: {},
      reason: null,
      snooze: null,
      escalation: null,
      closing: null,
      links: [],
      mergedInto: null,
      noteCount: 0,
      possibleFollowUpOf: given.possibleFollowUpOf,
      letterCount: 1,
      lastLetterAt: letter.receivedAt,
      lastClientLetterAt: null,
      lastAnswerAt: null,
    },
    [{ kind: 'client-contact', at: letter.receivedAt, letterId: letter.id }],
    rules,
  );
}

/**
 * Adds a client's letter to its ticket and opens it again.
 *
 * Order of arrival does not matter: a late ancestor corrects the receipt time and the start of its reaction period,
 * and a letter that was answered before it was found does not reopen the ticket.
 */
export function joinClientLetter(
  ticket: Ticket,
  letter: { readonly id: LetterId; readonly receivedAt: number },
  rules: RuleBook,
): Ticket {
  if (ticket.events.some((event) => event.kind === 'client-contact' && event.letterId === letter.id)) {
    return ticket;
  }
  const joined = withEvents(
    { ...ticket, letterCount: ticket.letterCount + 1 },
    [...ticket.events, { kind: 'client-contact', at: letter.receivedAt, letterId: letter.id }],
    rules,
  );
  const current = isUnseen(ticket, letter) ? reopened(joined, rules) : joined;
  const unanswered = current.reactionStartedAt !== null;
  return unanswered ? { ...current, status: 'open', snooze: null, closing: null } : current;
}

/**
 * True for a letter that lay in the mailbox when the ticket was closed, but was found only afterwards: whoever closed it
 * did not know. Not for older ones than those that were known, which change nothing of the matter.
 */
function isUnseen(ticket: Ticket, { receivedAt }: { readonly receivedAt: number }): boolean {
  const { closing, lastClientLetterAt, lastAnswerAt } = ticket;
  if (closing === null || receivedAt > closing.at) return false;
  return receivedAt > (lastClientLetterAt ?? -Infinity) && receivedAt > (lastAnswerAt ?? -Infinity);
}

/** An answer that left, by the desk or (agentId null) from another mail program. */
export interface Answer {
  readonly at: number;
  readonly answerKind: AnswerKind;
  readonly messageId: string;
  readonly agentId: AgentId | null;
  /** False for an automatic letter, which is a reaction to nothing; left out: a human wrote. */
  readonly human?: false;
}

/** Adds an answer; the same Message-ID twice is one answer, and a desk's own word wins over the Sent folder's. */
export function applyAnswer(ticket: Ticket, answer: Answer, rules: RuleBook): Ticket {
  const known = ticket.events.find(
    (event) => event.kind === 'answer' && event.messageId === answer.messageId,
  );
  if (
    known !== undefined &&
    (answer.agentId === null || (known.kind === 'answer' && known.agentId !== null))
  ) {
    return ticket;
  }
  const current = isToldLate(ticket, answer)
    ? { ...reopened(ticket, rules), status: 'waiting' as const }
    : ticket;
  const others = current.events.filter((event) => event !== known);
  const answered = withEvents(
    { ...current, letterCount: ticket.letterCount + (known === undefined ? 1 : 0) },
    [...others, { kind: 'answer', human: true, ...answer }],
    rules,
  );
  if (answered.reactionStartedAt !== null) return awaited(answered);
  if (answer.answerKind === 'notice') return answered;
  const settles = rules.at(answer.at).closing.arming.has(answer.answerKind);
  return {
    ...answered,
    escalation: settles ? null : escalationAfter(ticket, answer),
    reason: settles && answer.answerKind !== 'refusal' ? null : ticket.reason,
    status: answered.status === 'closed' ? 'closed' : isLost(answered, answer.messageId) ? 'open' : 'waiting',
  };
}

/**
 * True for an answer that had left when the API closed the ticket for silence, but was told only afterwards: the client
 * has his time from this answer on (regulation §3).
 */
function isToldLate({ closing, lastAnswerAt }: Ticket, { at, answerKind }: Answer): boolean {
  if (closing?.outcome !== 'silence' || answerKind === 'notice') return false;
  return at <= closing.at && at > (lastAnswerAt ?? -Infinity);
}

/** True where a mail server said that a letter is lost for good, which may be known before the letter itself. */
function isLost({ events }: Ticket, messageId: string): boolean {
  return events.some(
    (event) =>
      event.kind === 'bounce' &&
      event.messageId === messageId &&
      event.recipients.some(({ permanent }) => permanent),
  );
}

/** What a mail server said of an answer that did not arrive, or not yet. */
export interface BouncedAnswer {
  readonly letterId: LetterId;
  readonly at: number;
  /** Message-ID of the answer, with angle brackets. */
  readonly messageId: string;
  readonly recipients: readonly BounceRecipient[];
}

/**
 * Adds the word of a mail server that an answer did not arrive.
 *
 * The reaction stands: the regulation counts until the answer is sent (section 1). But where the last answer is lost for good,
 * somebody has to act, so the ticket opens again, unless an agent closed it. A delay changes nothing.
 */
export function applyBounce(ticket: Ticket, bounce: BouncedAnswer, rules: RuleBook): Ticket {
  if (ticket.events.some((event) => event.kind === 'bounce' && event.letterId === bounce.letterId))
    return ticket;
  const bounced = withEvents(
    { ...ticket, letterCount: ticket.letterCount + 1 },
    [...ticket.events, { kind: 'bounce', ...bounce, recipients: [...bounce.recipients] }],
    rules,
  );
  const isDecisive = decisiveAnswer(ticket)?.messageId === bounce.messageId;
  const isLost = bounce.recipients.some(({ permanent }) => permanent) && isDecisive;
  if (!isLost) return bounced;
  if (ticket.closing?.outcome === 'silence') return { ...reopened(bounced, rules), status: 'open' };
  return ticket.status === 'waiting' ? { ...bounced, status: 'open' } : bounced;
}

/**
 * The ticket without an answer that only the Sent folder spoke of: the desk that wrote the letter says that it was none.
 * The letter still counts.
 */
export function withoutOutsideAnswer(ticket: Ticket, messageId: string, rules: RuleBook): Ticket {
  const others = ticket.events.filter(
    (event) => event.kind !== 'answer' || event.messageId !== messageId || event.agentId !== null,
  );
  return others.length === ticket.events.length ? ticket : awaited(withEvents(ticket, others, rules));
}

/** Where the client waits after all, somebody has to act. */
function awaited(ticket: Ticket): Ticket {
  const isSettled = ticket.reactionStartedAt === null || ticket.status !== 'waiting';
  return isSettled ? ticket : { ...ticket, status: 'open' };
}

/** Telling the client that the developers have it hands it to them. */
function escalationAfter(ticket: Ticket, { answerKind, agentId, at }: Answer): Ticket['escalation'] {
  if (answerKind !== 'escalated' || agentId === null) return ticket.escalation;
  return ticket.escalation ?? { reference: '', at, agentId };
}

/** The ticket as if it had not been closed last: whoever waited then waits again. */
export function reopened(ticket: Ticket, rules: RuleBook): Ticket {
  const last = ticket.events.findLastIndex(({ kind }) => kind === 'closing');
  return withEvents(
    { ...ticket, closing: null },
    ticket.events.filter((_event, place) => place !== last),
    rules,
  );
}

/** Replaces the events and everything that follows from them. */
export function withEvents(ticket: Ticket, unordered: readonly TicketEvent[], rules: RuleBook): Ticket {
  const events = [...unordered].sort((a, b) => a.at - b.at);
  const contacts = events.filter((event) => event.kind === 'client-contact');
  const answers = events.filter((event) => event.kind === 'answer' && event.human);
  const open = reactionPeriods(events, rules).find((period) => period.endedAt === null);
  return {
    ...ticket,
    events,
    receivedAt: contacts[0]?.at ?? ticket.receivedAt,
    reactionStartedAt: open?.startedAt ?? null,
    // Forwards are letters too, and no events.
    lastLetterAt: Math.max(ticket.lastLetterAt, events.findLast(({ kind }) => isLetter(kind))?.at ?? 0),
    lastClientLetterAt: contacts.at(-1)?.at ?? null,
    lastAnswerAt: answers.at(-1)?.at ?? null,
  };
}

/** A closing is no letter, and one that is a mail server's tells nothing of when people wrote last. */
function isLetter(kind: TicketEvent['kind']): boolean {
  return kind === 'client-contact' || kind === 'answer';
}
