import { formatDate, formatMoment } from '#shared/text/format-moment.ts';
import type { SlotName } from '#shared/text/slots.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';

/**
 * What the known slots become. Dates are written alike in all languages of the service; what is not known is empty, and
 * the slot stays for the agent to see.
 */
export function slotValues({
  ticket,
  agentName,
  now,
  deadlineAt,
}: {
  readonly ticket: Pick<Ticket, 'client' | 'number' | 'subject'>;
  readonly agentName: string;
  readonly now: number;
  /** Of the open reaction period; null while nobody waits. */
  readonly deadlineAt: number | null;
}): Readonly<Record<SlotName, string>> {
  return {
    client: ticket.client.name,
    number: ticket.number === 0 ? '' : String(ticket.number),
    subject: ticket.subject,
    agent: agentName,
    today: formatDate(now),
    deadline: deadlineAt === null ? '' : formatMoment(deadlineAt),
  };
}
