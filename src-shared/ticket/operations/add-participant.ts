import { Type, type Static } from 'typebox';
import { normaliseAddress } from '../../mail/addresses.ts';
import { isSendableAddress } from '../../mail/sendable-address.ts';
import { err, ok, type Result } from '../../result.ts';
import type { Rejection } from '../rejection.ts';
import type { Ticket } from '../ticket.ts';
import { operationHead } from './operation-head.ts';

/**
 * Lets somebody take part in a ticket: letters from that address join it from then on, and answers may go there. A client
 * who writes from a second address is such a one. The history keeps who let whom in (regulation §5).
 */
export const AddParticipantSchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('add-participant'),
  address: Type.String({ maxLength: 320 }),
});
export type AddParticipant = Static<typeof AddParticipantSchema>;

/**
 * Allowed also on closed tickets: a letter may open them again. Refused for what no letter can be sent to; that the
 * service's own addresses are refused too is the API's to say, which alone knows them all.
 */
export function addParticipant(ticket: Ticket, { address }: AddParticipant): Result<Ticket, Rejection> {
  if (ticket.mergedInto !== null) return err({ kind: 'merged', into: ticket.mergedInto });
  const normal = normaliseAddress(address);
  if (!isSendableAddress(normal)) return err({ kind: 'wrong-address' });
  if (ticket.participants.includes(normal)) return ok(ticket);
  return ok({ ...ticket, participants: [...ticket.participants, normal] });
}
