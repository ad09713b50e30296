import { create } from 'zustand';
import type { Draft } from '#shared/bridge/draft.ts';
import type { DraftId, TicketId } from '#shared/ids.ts';

interface LeftDrafts {
  readonly drafts: ReadonlyMap<DraftId, Draft>;
  readonly keep: (draft: Draft) => void;
  /** Of a draft that was sent or thrown away. */
  readonly drop: (id: DraftId) => void;
  /** Lets go of what the cache tells of by itself. */
  readonly noteTold: (told: readonly Draft[]) => void;
  /** For the next agent. */
  readonly forget: () => void;
}

/**
 * Drafts as this window left them, until the cache tells of them: whoever closes a letter and opens it again at once
 * goes on with the last letter that was typed, and begins no second draft. Their home is the journal.
 */
export const useLeftDrafts = create<LeftDrafts>()((set) => {
  const without = (isGone: (draft: Draft) => boolean) =>
    set(({ drafts }) => {
      const left = [...drafts].filter(([, draft]) => !isGone(draft));
      return left.length === drafts.size ? {} : { drafts: new Map(left) };
    });
  return {
    drafts: new Map(),
    keep: (draft) => set(({ drafts }) => ({ drafts: new Map(drafts).set(draft.id, draft) })),
    drop: (id) => without((draft) => draft.id === id),
    noteTold: (told) =>
      without(({ id, updatedAt }) => told.some((each) => each.id === id && each.updatedAt >= updatedAt)),
    forget: () => set({ drafts: new Map() }),
  };
});

/** A ticket's drafts as the cache tells of them, or as they were left since. */
export function withLeft(
  told: readonly Draft[],
  left: ReadonlyMap<DraftId, Draft>,
  ticketId: TicketId,
): readonly Draft[] {
  const newest = new Map(told.map((draft) => [draft.id, draft]));
  for (const draft of left.values()) {
    const known = newest.get(draft.id);
    if (draft.ticketId === ticketId && (known === undefined || known.updatedAt < draft.updatedAt)) {
      newest.set(draft.id, draft);
    }
  }
  return [...newest.values()];
}
