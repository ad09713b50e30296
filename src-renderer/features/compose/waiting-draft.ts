import type { Draft } from '#shared/bridge/draft.ts';
import type { LetterId } from '#shared/ids.ts';
import type { WantedPurpose } from '../../state/panels.ts';

/** What the desk was told to write. */
export interface WantedLetter {
  readonly purpose: WantedPurpose;
  /** The letter to forward; null for any. */
  readonly letterId: LetterId | null;
  /** Whatever was worked on last, of any purpose. */
  readonly awaitsDraft: boolean;
}

/**
 * The newest waiting draft that is what is wanted. A forward of one letter is never taken for that of another: it would
 * go to somebody who was not to see it.
 */
export function waitingDraft(drafts: readonly Draft[], wanted: WantedLetter): Draft | null {
  const { purpose, letterId, awaitsDraft } = wanted;
  const isWanted = (draft: Draft): boolean => {
    if (awaitsDraft) return true;
    // Who answers where the first letter was never sent goes on with that one.
    if (purpose === 'answer' && draft.purpose === 'letter') return true;
    if (draft.purpose !== purpose) return false;
    return purpose !== 'forward' || letterId === null || draft.forwards?.letterId === letterId;
  };
  return newestDraft(drafts.filter(isWanted));
}

/** The one that was changed last. */
export function newestDraft(drafts: readonly Draft[]): Draft | null {
  return drafts.reduce<Draft | null>(
    (newest, draft) => (newest === null || draft.updatedAt > newest.updatedAt ? draft : newest),
    null,
  );
}
