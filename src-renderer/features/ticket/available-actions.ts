import type { AgentId } from '#shared/ids.ts';
import { roleAllows, type Role } from '#shared/ticket/author.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';

/** What may be done to a ticket by whoever looks at it. */
export interface AvailableActions {
  /** Note, classify, link, correct the client. */
  readonly work: boolean;
  /** Write to the client, and ask, postpone or refuse by it. */
  readonly answer: boolean;
  readonly claim: boolean;
  readonly release: boolean;
  /** Assign, criticality, snooze, escalate, close: what a closed ticket refuses. */
  readonly steer: boolean;
  readonly reopen: boolean;
}

/** The same rules as the reducer's, so that nothing is offered that would be refused at once. */
export function availableActions(
  ticket: Pick<Ticket, 'holder' | 'status' | 'channel' | 'mergedInto'>,
  agent: { readonly id: AgentId; readonly role: Role },
  now: number,
): AvailableActions {
  const work = roleAllows(agent.role, 'agent');
  const holderId = ticket.holder !== null && ticket.holder.until > now ? ticket.holder.agentId : null;
  const isClosed = ticket.status === 'closed';
  const isMerged = ticket.mergedInto !== null;
  return {
    work,
    answer: work && !isMerged && ticket.channel !== 'internal',
    claim: work && !isClosed && holderId === null,
    release: work && holderId !== null && (holderId === agent.id || roleAllows(agent.role, 'senior')),
    steer: work && !isClosed,
    reopen: work && ticket.status !== 'open' && !isMerged,
  };
}

/** Whether there is somebody whom a letter of this ticket can go to. */
export function canBeAnswered({
  channel,
  client,
  participants,
  mergedInto,
}: Pick<Ticket, 'channel' | 'client' | 'participants' | 'mergedInto'>): boolean {
  const hasAddress = client.address !== '' || participants.length > 0;
  return channel !== 'internal' && mergedInto === null && hasAddress;
}
