import type { AgentId } from '#shared/ids.ts';
import { roleAllows, type Role } from '#shared/ticket/author.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';

/** What may be done to a ticket by whoever looks at it. */
export interface AvailableActions {
  /** Answer, note, classify, correct the client. */
  readonly work: boolean;
  readonly claim: boolean;
  readonly release: boolean;
  /** Assign, criticality, snooze, escalate, close: what a closed ticket refuses. */
  readonly steer: boolean;
  readonly reopen: boolean;
}

/** The same rules as the reducer's, so that nothing is offered that would be refused at once. */
export function availableActions(
  ticket: Pick<Ticket, 'holder' | 'status'>,
  agent: { readonly id: AgentId; readonly role: Role },
  now: number,
): AvailableActions {
  const work = roleAllows(agent.role, 'agent');
  const holderId = ticket.holder !== null && ticket.holder.until > now ? ticket.holder.agentId : null;
  const isClosed = ticket.status === 'closed';
  return {
    work,
    claim: work && !isClosed && holderId === null,
    release: work && holderId !== null && (holderId === agent.id || roleAllows(agent.role, 'senior')),
    steer: work && !isClosed,
    reopen: work && ticket.status !== 'open',
  };
}
