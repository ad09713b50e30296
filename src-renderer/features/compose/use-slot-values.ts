import { computeDeadline } from '#shared/sla/deadline.ts';
import type { SlotName } from '#shared/text/slots.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { useDesk } from '../../state/desk-context.ts';
import { slotValues } from './slot-values.ts';

/** What the slots of templates become in a letter of this ticket, at present. */
export function useSlotValues(ticket: Ticket): Readonly<Record<SlotName, string>> {
  const { session, now, calendar, policy } = useDesk();
  const { reactionStartedAt: start } = ticket;
  return slotValues({
    ticket,
    agentName: session.agent.name,
    now,
    deadlineAt: start === null ? null : computeDeadline(start, calendar, policy).deadlineAt,
  });
}
