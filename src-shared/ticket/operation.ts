import { Type, type Static } from 'typebox';
import { ClaimTicketSchema } from './operations/claim-ticket.ts';
import { RecordAnswerSchema } from './operations/record-answer.ts';
import { ReleaseTicketSchema } from './operations/release-ticket.ts';
import { SetCriticalitySchema } from './operations/set-criticality.ts';

/** Everything that can be done to a ticket by an agent or a job; one file each in `operations/`. */
export const OperationSchema = Type.Union([
  ClaimTicketSchema,
  ReleaseTicketSchema,
  SetCriticalitySchema,
  RecordAnswerSchema,
]);
export type Operation = Static<typeof OperationSchema>;
