import { useEffect, useMemo, useState } from 'react';
import type { BridgeError } from '#shared/bridge/bridge-error.ts';
import type { NoteDraft } from '#shared/bridge/note-draft.ts';
import type { TicketView } from '../../cache/cache-views.ts';
import { useDesk } from '../../state/desk-context.ts';
import { newOperationId } from '../../state/new-id.ts';
import { noteInHand, useNoteTexts } from '../../state/note-texts.ts';
import { useOperations } from '../../state/use-operations.ts';
import { DraftSaver } from '../compose/draft-saver.ts';

const saveDelayMs = 400;

/** A note while it is being written. */
export interface OpenNote {
  readonly text: string;
  /** Whether this computer's disk has it as it stands. */
  readonly saved: 'untouched' | 'saving' | 'kept';
  /** Why it could not be written there. */
  readonly error: BridgeError | null;
  readonly change: (text: string) => void;
  /** Makes it a note of the ticket; resolves to whether it is one. */
  readonly submit: () => Promise<boolean>;
}

/** A ticket's half-written note, saved as it is written; one without words is thrown away. */
export function useNote({ ticket, notes }: TicketView): OpenNote {
  const { bridge, clockOffsetMs } = useDesk();
  const { addNote } = useOperations();
  const texts = useNoteTexts();
  const [error, setError] = useState<BridgeError | null>(null);
  const now = () => Date.now() + clockOffsetMs;
  const latest = () => noteInHand(notes, useNoteTexts.getState().notes, ticket.id);

  const saver = useMemo(
    () =>
      new DraftSaver<NoteDraft>(async (note) => {
        const kept =
          note.text.trim() === ''
            ? await bridge.call('notes.discard', { id: note.id })
            : await bridge.call('notes.save', { note });
        setError(kept.ok ? null : kept.error);
        if (kept.ok) useNoteTexts.getState().noteKept(note);
        return kept.ok;
      }, saveDelayMs),
    [bridge],
  );
  useEffect(() => {
    const unkept = useNoteTexts.getState().notes.get(ticket.id);
    if (unkept?.isKept === false) saver.change(unkept.note);
    const flush = () => void saver.flush();
    window.addEventListener('blur', flush);
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('blur', flush);
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [saver, ticket.id]);

  const inHand = texts.notes.get(ticket.id);
  const isTyped = inHand !== undefined && inHand.note.text !== '';
  return {
    text: noteInHand(notes, texts.notes, ticket.id)?.text ?? '',
    saved: isTyped ? (inHand.isKept ? 'kept' : 'saving') : 'untouched',
    error,
    change: (text) => {
      const before = latest();
      const note: NoteDraft = {
        id: before?.id ?? newOperationId(),
        ticketId: ticket.id,
        text,
        updatedAt: Math.max((before?.updatedAt ?? 0) + 1, now()),
      };
      texts.write(note);
      saver.change(note);
    },
    submit: async () => {
      // Its last words are on disk first: a crash between here and there loses none.
      await saver.flush();
      const note = latest();
      if (note === null || !(await addNote(ticket.id, note.text.trim(), note.id))) return false;
      void saver.abandon();
      texts.beginNext(ticket.id, newOperationId(), now());
      return true;
    },
  };
}
