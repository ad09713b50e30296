import { create } from 'zustand';
import type { NoteDraft } from '#shared/bridge/note-draft.ts';
import type { OperationId, TicketId } from '#shared/ids.ts';

/** A note of this window; an empty text is none. */
export interface NoteInHand {
  readonly note: NoteDraft;
  /** Whether this computer's disk has it as it stands. */
  readonly isKept: boolean;
}

interface NoteTexts {
  readonly notes: ReadonlyMap<TicketId, NoteInHand>;
  readonly write: (note: NoteDraft) => void;
  /** The disk has the note as it was then. */
  readonly noteKept: (note: NoteDraft) => void;
  /** The ticket's note stands in the conversation: the next one begins, under an id of its own. */
  readonly beginNext: (ticketId: TicketId, id: OperationId, at: number) => void;
  /** For the next agent. */
  readonly forget: () => void;
}

/**
 * Notes as they were last typed in this window, which counts before what the cache tells of them; their home is the
 * journal.
 */
export const useNoteTexts = create<NoteTexts>()((set) => {
  const put = (note: NoteDraft, isKept: boolean) =>
    set(({ notes }) => ({ notes: new Map(notes).set(note.ticketId, { note, isKept }) }));
  return {
    notes: new Map(),
    write: (note) => put(note, false),
    noteKept: (note) =>
      set(({ notes }) => {
        const isNewest = notes.get(note.ticketId)?.note.updatedAt === note.updatedAt;
        return isNewest ? { notes: new Map(notes).set(note.ticketId, { note, isKept: true }) } : {};
      }),
    beginNext: (ticketId, id, at) => put({ id, ticketId, text: '', updatedAt: at }, true),
    forget: () => set({ notes: new Map() }),
  };
});

/** A ticket's half-written note: as this window has it, or else as the disk does; null for none. */
export function noteInHand(
  told: readonly NoteDraft[],
  notes: ReadonlyMap<TicketId, NoteInHand>,
  ticketId: TicketId,
): NoteDraft | null {
  const newest = told.toSorted((a, b) => b.updatedAt - a.updatedAt)[0];
  return notes.get(ticketId)?.note ?? newest ?? null;
}
