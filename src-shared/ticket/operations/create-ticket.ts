import { Type, type Static } from 'typebox';
import { normaliseAddress } from '../../mail/addresses.ts';
import type { RuleBook } from '../../regulation/rule-book.ts';
import { err, ok, type Result } from '../../result.ts';
import { withEvents } from '../apply-letter.ts';
import type { Rejection } from '../rejection.ts';
import { TicketSchema, type Ticket } from '../ticket.ts';
import { operationHead } from './operation-head.ts';

/**
 * Opens a ticket that no letter opened: a call that was written down, or a letter that an agent is about to write.
 *
 * The desk makes id and token (forty random bits), so that the ticket can be worked on before the API knows of it.
 */
export const CreateTicketSchema = Type.Object({
  ...operationHead,
  kind: Type.Literal('create-ticket'),
  token: TicketSchema.properties.token,
  /**
   * `phone`: the client waits for a reaction from `madeAt` on; `mail`: nobody waits, an agent writes first;
   * `internal`: the service's own work (regulation §2: monitoring, updates), without a client.
   */
  channel: TicketSchema.properties.channel,
  subject: Type.String({ maxLength: 2000 }),
  client: Type.Object({
    name: Type.String({ maxLength: 200 }),
    address: Type.String({ maxLength: 320 }),
    phone: Type.String({ maxLength: 40 }),
  }),
});
export type CreateTicket = Static<typeof CreateTicketSchema>;

/** The number is 0 here; the API gives one when it applies this. Refused without a subject, or when the ticket exists. */
export function createTicket(
  ticket: Ticket | null,
  { ticketId, token, channel, subject, client, madeAt }: CreateTicket,
  rules: RuleBook,
): Result<Ticket, Rejection> {
  if (ticket !== null) return err({ kind: 'exists' });
  if (subject.trim() === '') return err({ kind: 'text-required' });
  const address = normaliseAddress(client.address);
  const fresh: Ticket = {
    id: ticketId,
    number: 0,
    token,
    subject: subject.trim(),
    status: channel === 'mail' ? 'waiting' : 'open',
    channel,
    client: { name: client.name.trim(), address, phone: client.phone.trim() },
    participants: address === '' ? [] : [address],
    receivedAt: madeAt,
    reactionStartedAt: null,
    events: [],
    critical: null,
    holder: null,
    assigneeId: null,
    category: null,
    tags: [],
    facts: {},
    reason: null,
    snooze: null,
    escalation: null,
    closing: null,
    links: [],
    mergedInto: null,
    noteCount: 0,
    possibleFollowUpOf: null,
    letterCount: 0,
    lastLetterAt: madeAt,
    lastClientLetterAt: null,
    lastAnswerAt: null,
  };
  if (channel !== 'phone') return ok(fresh);
  return ok(withEvents(fresh, [{ kind: 'client-contact', at: madeAt, letterId: null }], rules));
}
