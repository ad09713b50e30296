import { Type, type Static } from 'typebox';
import { AgentIdSchema, TicketIdSchema } from '../ids.ts';

/** How long what a desk said of its agent holds, by the API's clock; it says so again before. */
export const presenceLifeMs = 90_000;

/** How often a desk repeats what its agent is at. */
export const presenceRenewalMs = 30_000;

const activity = Type.Union([Type.Literal('viewing'), Type.Literal('answering')]);

/**
 * `PUT /v1/presence`: what the agent has before them at this desk, or nothing (`ticketId` null).
 *
 * One entry for each log-in, replaced by the next one; it lapses after `presenceLifeMs`, and ends with the log-in.
 * Advisory: no operation looks at it. Nothing of it is kept in the feed or in a ticket's history.
 */
export const PutPresenceSchema = Type.Object({
  ticketId: Type.Union([TicketIdSchema, Type.Null()]),
  activity,
});
export type PutPresence = Static<typeof PutPresenceSchema>;

/** An agent who has a ticket before them; of several desks of one agent the most that any of them does. */
export const PresentAgentSchema = Type.Object({
  agentId: AgentIdSchema,
  ticketId: TicketIdSchema,
  activity,
});
export type PresentAgent = Static<typeof PresentAgentSchema>;

/**
 * The data of the events named `presence` of `GET /v1/changes/live`: everybody who is present, on connecting and after
 * each change. Ids only; who they are the reader knows from the feed.
 */
export const PresenceSchema = Type.Object({ present: Type.Array(PresentAgentSchema) });
export type Presence = Static<typeof PresenceSchema>;
