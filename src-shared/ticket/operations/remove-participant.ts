import { Type, type Static } from 'typebox';
import { normaliseAddress } from '../../mail/addresses.ts';
import { err, ok, type Result } from '../../result.ts';
import type { Rejection } from '../rejection.ts';
import type { Ticket } from '../ticket.ts';
import { operationHead } from './operation-head.ts';

/** Ends somebody's part in a ticket: letters from that address open tickets of their own from then on. */
export const RemoveParticipantSchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('remove-participant'),
  address: Type.String({ maxLength: 320 }),
});
export type RemoveParticipant = Static<typeof RemoveParticipantSchema>;

/** Refused for the client, whose ticket it is. What was written to the others stays written. */
export function removeParticipant(ticket: Ticket, { address }: RemoveParticipant): Result<Ticket, Rejection> {
  if (ticket.mergedInto !== null) return err({ kind: 'merged', into: ticket.mergedInto });
  const normal = normaliseAddress(address);
  if (normal === normaliseAddress(ticket.client.address)) return err({ kind: 'is-client' });
  return ok({ ...ticket, participants: ticket.participants.filter((each) => each !== normal) });
}
