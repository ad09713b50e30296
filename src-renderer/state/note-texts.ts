import { create } from 'zustand';
import type { TicketId } from '#shared/ids.ts';

interface NoteTexts {
  readonly texts: ReadonlyMap<TicketId, string>;
  /** The empty text forgets. */
  readonly write: (ticketId: TicketId, text: string) => void;
  /** For the next agent. */
  readonly forget: () => void;
}

/** Notes that are being written, for as long as the window is open: a note is short, and saved with one key. */
export const useNoteTexts = create<NoteTexts>()((set) => ({
  texts: new Map(),
  write: (ticketId, text) =>
    set(({ texts }) => {
      const changed = new Map(texts);
      if (text === '') changed.delete(ticketId);
      else changed.set(ticketId, text);
      return { texts: changed };
    }),
  forget: () => set({ texts: new Map() }),
}));
