import { Type, type Static } from 'typebox';
import { AddNoteSchema } from './operations/add-note.ts';
import { AddParticipantSchema } from './operations/add-participant.ts';
import { AssignTicketSchema } from './operations/assign-ticket.ts';
import { ChangeClientSchema } from './operations/change-client.ts';
import { ClaimTicketSchema } from './operations/claim-ticket.ts';
import { ClassifyTicketSchema } from './operations/classify-ticket.ts';
import { CloseTicketSchema } from './operations/close-ticket.ts';
import { CreateTicketSchema } from './operations/create-ticket.ts';
import { EscalateTicketSchema } from './operations/escalate-ticket.ts';
import { GiveReasonSchema } from './operations/give-reason.ts';
import { LinkTicketsSchema } from './operations/link-tickets.ts';
import { MergeTicketSchema } from './operations/merge-ticket.ts';
import { RecordAnswerSchema, type RecordAnswer } from './operations/record-answer.ts';
import { RecordFactsSchema } from './operations/record-facts.ts';
import { RecordForwardSchema, type RecordForward } from './operations/record-forward.ts';
import { ReleaseTicketSchema } from './operations/release-ticket.ts';
import { RemoveParticipantSchema } from './operations/remove-participant.ts';
import { ReopenTicketSchema } from './operations/reopen-ticket.ts';
import { SetCriticalitySchema } from './operations/set-criticality.ts';
import { SnoozeTicketSchema } from './operations/snooze-ticket.ts';
import { SplitTicketSchema } from './operations/split-ticket.ts';
import { TagTicketSchema } from './operations/tag-ticket.ts';

/** Everything that can be done to a ticket by an agent; one file each in `operations/`. */
export const OperationSchema = Type.Union([
  AddNoteSchema,
  AddParticipantSchema,
  AssignTicketSchema,
  ChangeClientSchema,
  ClaimTicketSchema,
  ClassifyTicketSchema,
  CloseTicketSchema,
  CreateTicketSchema,
  EscalateTicketSchema,
  GiveReasonSchema,
  LinkTicketsSchema,
  MergeTicketSchema,
  RecordAnswerSchema,
  RecordFactsSchema,
  RecordForwardSchema,
  ReleaseTicketSchema,
  RemoveParticipantSchema,
  ReopenTicketSchema,
  SetCriticalitySchema,
  SnoozeTicketSchema,
  SplitTicketSchema,
  TagTicketSchema,
]);
export type Operation = Static<typeof OperationSchema>;

/**
 * True for operations that say that a letter left. The letter stands in the conversation itself, so the history has no
 * line of it; and it has left, so nothing that was refused before holds it back.
 */
export function isRecordOfSent(operation: Operation): operation is RecordAnswer | RecordForward {
  return operation.kind === 'record-answer' || operation.kind === 'record-forward';
}
