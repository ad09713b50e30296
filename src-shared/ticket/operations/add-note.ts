import { Type, type Static } from 'typebox';
import { err, ok, type Result } from '../../result.ts';
import type { Rejection } from '../rejection.ts';
import type { Ticket } from '../ticket.ts';
import { operationHead } from './operation-head.ts';

/** A word among colleagues that no client ever sees. Its text lives in the ticket's history, not in the ticket. */
export const AddNoteSchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('add-note'),
  text: Type.String({ maxLength: 20_000 }),
});
export type AddNote = Static<typeof AddNoteSchema>;

/** Refused when blank. */
export function addNote(ticket: Ticket, { text }: AddNote): Result<Ticket, Rejection> {
  if (text.trim() === '') return err({ kind: 'text-required' });
  return ok({ ...ticket, noteCount: ticket.noteCount + 1 });
}
