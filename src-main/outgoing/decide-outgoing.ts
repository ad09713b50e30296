import type { AttachmentId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Author } from '#shared/ticket/author.ts';
import type { RecordAnswer } from '#shared/ticket/operations/record-answer.ts';
import type { JournalRecord } from '../journal/journal-record.ts';
import type { JournalOutgoing } from '../journal/journal-state.ts';
import {
  arrivedMove,
  departureRecord,
  hasAccepted,
  moveRecord,
  openRecipients,
  waitingState,
} from './outgoing-records.ts';

export type OutgoingDecision = 'edit' | 'send' | 'dismiss';

/** What a decision comes to: one whole in the journal, then files that nobody needs any more. */
export interface Decided {
  readonly records: readonly JournalRecord[];
  readonly unneeded: readonly AttachmentId[];
}

/** Carries out what the agent decided about a letter; `conflict` where its state does not allow that. Pure. */
export function decideOutgoing(
  item: JournalOutgoing,
  decision: OutgoingDecision,
  by: { readonly at: number; readonly author: Author; readonly from: RecordAnswer['from'] },
): Result<Decided, { readonly kind: 'conflict' }> {
  switch (decision) {
    case 'edit':
      return edit(item, by.at);
    case 'send':
      return release(item, by.at);
    case 'dismiss':
      return dismiss(item, by);
  }
}

type Outcome = Result<Decided, { readonly kind: 'conflict' }>;

const conflict: Outcome = err({ kind: 'conflict' });

function edit(item: JournalOutgoing, at: number): Outcome {
  const { id, state, draft } = item.outgoing;
  if (state !== 'queued' && state !== 'held' && state !== 'failed') return conflict;
  // A new letter would go to those, too, who have this one.
  if (hasAccepted(item)) return conflict;
  return ok({
    records: [
      { v: 2, at, kind: 'outgoing-removed', id },
      { v: 2, at, kind: 'draft-saved', draft: { ...draft, updatedAt: at } },
    ],
    unneeded: [item.mimeFile],
  });
}

function release(item: JournalOutgoing, at: number): Outcome {
  const { id, state, reason } = item.outgoing;
  const check = checkAfterRelease(item);
  if (check === null) return conflict;
  const released: JournalRecord = { v: 2, at, kind: 'outgoing-released', id, check };
  return ok({
    records: [
      released,
      moveRecord(item, at, { state: waitingState(item), reason: state === 'queued' ? reason : null }),
    ],
    unneeded: [],
  });
}

/** How much is still asked before the letter leaves; null where it cannot be released. */
function checkAfterRelease({ check, outgoing }: JournalOutgoing): JournalOutgoing['check'] | null {
  switch (outgoing.state) {
    case 'held':
      // Whoever let a letter go although the client had written did not decide yet who may read it.
      return check === 'ignore-removals' || outgoing.reason === 'recipient-removed'
        ? 'ignore-removals'
        : 'ignore-changes';
    case 'uncertain':
      return check;
    case 'queued':
      return outgoing.reason === 'api-unreachable' ? 'none' : null;
    case 'sending':
    case 'partial':
    case 'sent':
    case 'failed':
      return null;
  }
}

function dismiss(
  item: JournalOutgoing,
  by: { readonly at: number; readonly author: Author; readonly from: RecordAnswer['from'] },
): Outcome {
  const { id, state, reason, filed, draft } = item.outgoing;
  if (state === 'uncertain') {
    // The agent knows that it arrived, as the server's word would have told: when it left is known already.
    const move = arrivedMove(item);
    const { recipients = item.outgoing.recipients } = move;
    const arrived = { ...item, outgoing: { ...item.outgoing, recipients } };
    const records = [
      moveRecord(item, by.at, move),
      departureRecord(arrived, item.movedAt, by.author, by.from),
    ];
    return ok({ records, unneeded: [] });
  }
  const isDone = state === 'sent' || (state === 'partial' && openRecipients(item).length === 0);
  // Without its bytes no copy will ever lie in Sent, and waiting for one would never end.
  const isFiled = filed || reason === 'bytes-missing';
  if (state !== 'failed' && !(isDone && isFiled)) return conflict;
  return ok({
    records: [{ v: 2, at: by.at, kind: 'outgoing-removed', id }],
    unneeded: [item.mimeFile, ...draft.attachments.map((attachment) => attachment.id)],
  });
}
