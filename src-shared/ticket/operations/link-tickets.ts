import { Type, type Static } from 'typebox';
import { TicketIdSchema, type TicketId } from '../../ids.ts';
import { err, ok, type Result } from '../../result.ts';
import type { Rejection } from '../rejection.ts';
import type { Ticket, TicketRelation } from '../ticket.ts';
import { operationHead } from './operation-head.ts';

/** Says that two tickets have to do with each other, or that they have not; the API tells the other one. */
export const LinkTicketsSchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('link-tickets'),
  otherId: TicketIdSchema,
  linked: Type.Boolean(),
});
export type LinkTickets = Static<typeof LinkTicketsSchema>;

/** Only what agents linked can be unlinked: where a ticket came from stays with it. */
export function linkTickets(ticket: Ticket, { otherId, linked }: LinkTickets): Result<Ticket, Rejection> {
  if (otherId === ticket.id) return err({ kind: 'same-ticket' });
  return ok(linked ? withLink(ticket, otherId, 'related') : withoutLink(ticket, otherId, 'related'));
}

/** The ticket with the link, which it holds once. */
export function withLink(ticket: Ticket, ticketId: TicketId, relation: TicketRelation): Ticket {
  const others = withoutLink(ticket, ticketId, relation);
  return { ...others, links: [...others.links, { ticketId, relation }] };
}

/** The ticket without the link. */
export function withoutLink(ticket: Ticket, ticketId: TicketId, relation: TicketRelation): Ticket {
  const links = ticket.links.filter((link) => link.ticketId !== ticketId || link.relation !== relation);
  return { ...ticket, links };
}
