import type { Draft } from '#shared/bridge/draft.ts';
import type { JournalRecord } from './journal-record.ts';
import { ticketsToCome, type JournalState } from './journal-state.ts';

/** What throws a draft away, and with it the ticket that was to be made for this letter and holds nothing else. */
export function discardingDraft(state: JournalState, { id, ticketId, updatedAt }: Draft): JournalRecord[] {
  const discarded: JournalRecord = { v: 2, at: updatedAt, kind: 'draft-discarded', id };
  const madeBy = ticketsToCome(state).get(ticketId);
  const others = [...state.drafts.values(), ...state.notes.values()].some(
    (draft) => draft.ticketId === ticketId && draft.id !== id,
  );
  if (madeBy === undefined || others) return [discarded];
  return [discarded, { v: 2, at: updatedAt, kind: 'operation-removed', id: madeBy }];
}
