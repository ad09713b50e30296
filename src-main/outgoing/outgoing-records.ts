import { v7 as uuidv7 } from 'uuid';
import type { Outgoing } from '#shared/bridge/draft.ts';
import type { OperationId } from '#shared/ids.ts';
import { normaliseAddress } from '#shared/mail/addresses.ts';
import type { Author } from '#shared/ticket/author.ts';
import type { RecordAnswer } from '#shared/ticket/operations/record-answer.ts';
import type { RecordForward } from '#shared/ticket/operations/record-forward.ts';
import type { JournalRecord } from '../journal/journal-record.ts';
import type { JournalOutgoing } from '../journal/journal-state.ts';
import type { DeliveryOutcome, RecipientResult, SmtpProblem } from './deliver-by-smtp.ts';
import { threadOf } from './freeze-letter.ts';

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
      const all = recipients.every(({ state }) => state === 'accepted');
      return {
        state: all ? 'sent' : 'partial',
        reason: all ? null : 'smtp-refused-recipients',
        recipients,
        serverWords: outcome.words,
      };
    }
    case 'refused': {
      const reason = refusedReasons[outcome.what];
      const recipients = mergeRecipients(item.outgoing.recipients, outcome.recipients);
      // Somebody has it already: what is refused now is refused for the others only.
      const state = hasAccepted(item) ? 'partial' : outcome.permanent ? 'failed' : 'queued';
      return { state, reason, recipients, serverWords: outcome.words };
    }
    case 'not-sent': {
      return { state: hasAccepted(item) ? 'partial' : 'queued', reason: reasonOf(outcome.problem) };
    }
    case 'stopped':
      return { state: hasAccepted(item) ? 'partial' : 'queued', reason: item.outgoing.reason };
    case 'uncertain':
      return { state: 'uncertain', reason: 'connection-lost' };
  }
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

function hasAccepted(item: JournalOutgoing): boolean {
  return item.outgoing.recipients.some(({ state }) => state === 'accepted');
}

function mergeRecipients(
  known: Outgoing['recipients'],
  results: readonly RecipientResult[],
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
