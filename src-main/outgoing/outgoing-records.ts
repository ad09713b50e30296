import { v7 as uuidv7 } from 'uuid';
import type { Outgoing } from '#shared/bridge/draft.ts';
import type { OperationId } from '#shared/ids.ts';
import { normaliseAddress } from '#shared/mail/addresses.ts';
import type { Author } from '#shared/ticket/author.ts';
import type { RecordAnswer } from '#shared/ticket/operations/record-answer.ts';
import type { RecordForward } from '#shared/ticket/operations/record-forward.ts';
import type { JournalRecord } from '../journal/journal-record.ts';
import type { JournalOutgoing } from '../journal/journal-state.ts';
import type { DeliveryOutcome, RecipientResult, RecipientWord } from './deliver-by-smtp.ts';
import { threadOf } from './freeze-letter.ts';
import type { SmtpProblem } from './open-smtp.ts';

/** As many as an operation may carry; the nearest ones are the last. */
const maxReferences = 1000;

/** What changes when a letter moves; the rest stays. */
type Move = Partial<Pick<Outgoing, 'reason' | 'recipients' | 'filed'>> &
  Pick<Outgoing, 'state'> & { readonly serverWords?: string | null };

/** The record that moves `item`; a move without a reason clears the old one. */
export function moveRecord(item: JournalOutgoing, at: number, move: Move): JournalRecord {
  return {
    v: 2,
    at,
    kind: 'outgoing-moved',
    id: item.outgoing.id,
    state: move.state,
    reason: move.reason ?? null,
    recipients: move.recipients ?? item.outgoing.recipients,
    filed: move.filed ?? item.outgoing.filed,
    serverWords: move.serverWords ?? item.serverWords,
  };
}

const refusedReasons = {
  letter: 'smtp-refused-letter',
  recipients: 'smtp-refused-recipients',
  size: 'letter-too-large',
} as const;

/** The moves by which an SMTP attempt ends; uncertain ones and those to try again included. */
export function moveAfter(item: JournalOutgoing, outcome: DeliveryOutcome): Move {
  switch (outcome.kind) {
    case 'accepted': {
      const recipients = mergeRecipients(item.outgoing.recipients, outcome.recipients);
      return { ...leftMove(recipients), serverWords: outcome.words };
    }
    case 'refused': {
      const reason = refusedReasons[outcome.what];
      const recipients = mergeRecipients(item.outgoing.recipients, outcome.recipients);
      // Somebody has it already: what is refused now is refused for the others only.
      const state = outcome.permanent && !hasAccepted(item) ? 'failed' : waitingState(item);
      return { state, reason, recipients, serverWords: outcome.words };
    }
    case 'not-sent': {
      return { state: waitingState(item), reason: reasonOf(outcome.problem) };
    }
    case 'stopped':
      return { state: waitingState(item), reason: item.outgoing.reason };
    case 'uncertain':
      return { state: 'uncertain', reason: 'connection-lost' };
  }
}

/** The move of a letter that some or all recipients have got. */
function leftMove(recipients: Outgoing['recipients']): Move {
  const all = recipients.every(({ state }) => state === 'accepted');
  return {
    state: all ? 'sent' : 'partial',
    reason: all ? null : 'smtp-refused-recipients',
    recipients,
  };
}

/** The state of a letter that waits for its next attempt: what some have got is never shown as if nobody had it. */
export function waitingState(item: JournalOutgoing): 'queued' | 'partial' {
  return hasAccepted(item) ? 'partial' : 'queued';
}

/** The move of a letter whose bytes are gone: nobody else will get it, and who has it keeps it. */
export function bytesMissingMove(item: JournalOutgoing): Move {
  if (!hasAccepted(item)) return { state: 'failed', reason: 'bytes-missing' };
  const recipients = item.outgoing.recipients.map(({ address, state }) => ({
    address,
    state: state === 'accepted' ? state : ('refused' as const),
  }));
  return { state: 'partial', reason: 'bytes-missing', recipients };
}

/** Recipients of the next attempt who are among those that were taken out of the ticket, by normalised address. */
export function removedRecipients(item: JournalOutgoing, removed: readonly string[]): string[] {
  return openRecipients(item).filter((address) => removed.includes(normaliseAddress(address)));
}

/** The move of a letter some have got, that goes no more to those who were taken out of the ticket since. */
export function withheldMove(item: JournalOutgoing, removed: readonly string[]): Move {
  const gone = removedRecipients(item, removed);
  const recipients = item.outgoing.recipients.map(({ address, state }) => ({
    address,
    state: gone.includes(address) ? ('refused' as const) : state,
  }));
  return { state: 'partial', reason: 'recipient-removed', recipients };
}

/** The move that precedes the final dot: from here on until the server's word nobody can know. */
export function flushingMove(item: JournalOutgoing, words: readonly RecipientWord[]): Move {
  return { state: 'uncertain', recipients: mergeRecipients(item.outgoing.recipients, words) };
}

/** The move of an uncertain letter that did arrive: those who had been turned away before its end have not got it. */
export function arrivedMove(item: JournalOutgoing): Move {
  return leftMove(
    item.outgoing.recipients.map(({ address, state }) => ({
      address,
      state: state === 'waiting' ? 'accepted' : state,
    })),
  );
}

/**
 * The record that hands the outbox the operation which tells of a letter that left; recipients that were refused do not
 * count. A forwarded letter is no answer: it has an operation of its own.
 */
export function departureRecord(
  item: JournalOutgoing,
  leftAt: number,
  author: Author,
  from: RecordAnswer['from'],
): JournalRecord {
  const { draft, messageId, ticketId, recipients } = item.outgoing;
  const refused = new Set(
    recipients.filter(({ state }) => state === 'refused').map(({ address }) => normaliseAddress(address)),
  );
  const reached = (people: RecordAnswer['to']): RecordAnswer['to'] =>
    people.filter(({ address }) => !refused.has(normaliseAddress(address)));
  const told = {
    id: uuidv7() as OperationId,
    ticketId,
    madeAt: leftAt,
    messageId,
    from,
    to: reached(draft.to),
    cc: reached(draft.cc),
    subject: draft.subject,
  };
  const operation: RecordAnswer | RecordForward =
    draft.purpose === 'forward'
      ? { ...told, kind: 'record-forward', forwardedAt: leftAt }
      : {
          ...told,
          kind: 'record-answer',
          answerKind: draft.answerKind,
          answeredAt: leftAt,
          references: threadOf(draft).slice(-maxReferences),
          // Sent to whoever was taken out of the ticket on purpose: they take part in it again.
          ...(item.check === 'ignore-removals' ? {} : { ticketVersion: draft.ticketVersion }),
        };
  return {
    v: 2,
    at: leftAt,
    kind: 'operation-submitted',
    operation,
    author: { agentId: author.agentId, role: author.role },
  };
}

/** Recipients that the next attempt goes to. */
export function openRecipients(item: JournalOutgoing): string[] {
  return item.outgoing.recipients
    .filter(({ state }) => state === 'waiting' || state === 'deferred')
    .map(({ address }) => address);
}

/** Whether somebody has the letter: what cannot be changed any more. */
export function hasAccepted(item: JournalOutgoing): boolean {
  return item.outgoing.recipients.some(({ state }) => state === 'accepted');
}

function mergeRecipients(
  known: Outgoing['recipients'],
  results: readonly (RecipientResult | RecipientWord)[],
): Outgoing['recipients'] {
  const states = new Map(results.map(({ address, state }) => [address, state]));
  return known.map(({ address, state }) => ({ address, state: states.get(address) ?? state }));
}

function reasonOf(problem: SmtpProblem): Outgoing['reason'] {
  switch (problem) {
    case 'bad-certificate':
      return 'smtp-bad-certificate';
    case 'refused-login':
      return 'smtp-refused-login';
    case 'plain-text-refused':
    case 'unexpected-answer':
    case 'unreachable':
      return 'smtp-unreachable';
  }
}
