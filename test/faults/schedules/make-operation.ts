import { v7 as newUuid } from 'uuid';
import type { AgentId, OperationId, TicketId } from '#shared/ids.ts';
import { defaultCategories } from '#shared/regulation/category.ts';
import { defaultProfile } from '#shared/regulation/default-profile.ts';
import type { Author } from '#shared/ticket/author.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import type { KnownTickets } from './known-tickets.ts';
import type { Draws } from './schedule-plan.ts';

type Kind = Operation['kind'];

/** What agents do, and how often; a third of it takes something back. */
const kinds: readonly Kind[] = [
  'add-note',
  'add-note',
  'claim-ticket',
  'claim-ticket',
  'release-ticket',
  'classify-ticket',
  'tag-ticket',
  'tag-ticket',
  'set-criticality',
  'snooze-ticket',
  'escalate-ticket',
  'record-answer',
  'record-answer',
  'close-ticket',
  'close-ticket',
  'reopen-ticket',
  'merge-ticket',
  'split-ticket',
  'link-tickets',
  'create-ticket',
  'record-facts',
  'give-reason',
  'assign-ticket',
  'change-client',
  'add-participant',
  'remove-participant',
  'record-forward',
];

interface Maker {
  readonly known: KnownTickets;
  readonly author: Author;
  /** Everybody who may be given a ticket. */
  readonly agentIds: readonly AgentId[];
  /** Greater than that of every other operation: it names the intent. */
  readonly madeAt: number;
}

/** An operation that an agent could have made by what the desk knows; the same for the same draws. */
export function makeOperation(draws: Draws, { known, author, agentIds, madeAt }: Maker): Operation {
  const draw = (place: number): number => draws[place] ?? 0;
  const { tickets } = known;
  const pick = <T>(items: readonly T[], place: number): T | undefined =>
    items[Math.floor(draw(place) * items.length)];
  const id = idOf(draws, 1, madeAt) as OperationId;
  const made = { id, madeAt };
  const ticket = pick(tickets, 1);
  const kind = pick(kinds, 0);
  if (ticket === undefined || kind === undefined || kind === 'create-ticket') return call(draws, made);
  const on = { ...made, ticketId: ticket.id };
  const other = pick(tickets, 2)?.id ?? ticket.id;
  const yes = draw(3) < 0.7;
  const text = `слово ${String(madeAt)}`;
  const later = madeAt + 3_600_000 * (1 + Math.floor(draw(4) * 30));
  switch (kind) {
    case 'add-note':
      return { ...on, kind, text };
    case 'claim-ticket':
      return { ...on, kind, until: later };
    case 'release-ticket':
      return { ...on, kind };
    case 'classify-ticket':
      return { ...on, kind, category: yes ? (pick(defaultCategories, 4)?.id ?? null) : null };
    case 'tag-ticket': {
      const tag = ['сайт', 'почта', 'срочно'][Math.floor(draw(4) * 3)] ?? 'сайт';
      return { ...on, kind, add: yes ? [tag] : [], remove: yes ? [] : [tag] };
    }
    case 'set-criticality':
      return { ...on, kind, critical: yes, reason: text };
    case 'snooze-ticket':
      return { ...on, kind, until: yes ? later : null };
    case 'escalate-ticket':
      return { ...on, kind, escalated: yes, reference: text };
    case 'close-ticket':
      return { ...on, kind, outcome: yes ? 'answered-by-phone' : 'done', reason: text };
    case 'reopen-ticket':
      return yes
        ? { ...on, kind }
        : { ...on, kind, restore: { status: draw(4) < 0.5 ? 'open' : 'waiting', snoozedUntil: null } };
    case 'merge-ticket':
      return { ...on, kind, into: other };
    case 'link-tickets':
      return { ...on, kind, otherId: other, linked: yes };
    case 'split-ticket': {
      const letters = known.lettersOf(ticket.id);
      const letterId = pick(letters, 4);
      if (letterId === undefined) return { ...on, kind: 'add-note', text };
      const newTicketId = idOf(draws, 2, madeAt) as TicketId;
      return { ...on, kind, newTicketId, token: tokenOf(draws), subject: text, letterIds: [letterId] };
    }
    case 'record-facts':
      return { ...on, kind, facts: { [draw(4) < 0.5 ? 'model' : 'version']: yes ? text : '' } };
    case 'give-reason':
      return { ...on, kind, ...reasonBy(draw(4), yes, text), lookAgainAt: later };
    case 'assign-ticket':
      return { ...on, kind, assigneeId: yes ? (pick(agentIds, 4) ?? author.agentId) : null };
    case 'change-client':
      return { ...on, kind, name: text, phone: '' };
    case 'add-participant':
    case 'remove-participant':
      return { ...on, kind, address: `colleague-${String(Math.floor(draw(4) * 3))}@school.example.by` };
    case 'record-answer':
    case 'record-forward':
      return sent(kind, ticket, { ...on, madeAt }, yes);
  }
}

/** A call that an agent writes down. */
function call(draws: Draws, made: { readonly id: OperationId; readonly madeAt: number }): Operation {
  return {
    ...made,
    kind: 'create-ticket',
    ticketId: idOf(draws, 2, made.madeAt) as TicketId,
    token: tokenOf(draws),
    channel: (draws[3] ?? 0) < 0.7 ? 'phone' : 'internal',
    subject: `звонок ${String(made.madeAt)}`,
    client: { name: 'Ольга', address: '', phone: '+375 17 200-00-00' },
  };
}

function sent(
  kind: 'record-answer' | 'record-forward',
  { client, subject, token }: Ticket,
  on: { readonly id: OperationId; readonly ticketId: TicketId; readonly madeAt: number },
  solves: boolean,
): Operation {
  const to = [
    { name: '', address: kind === 'record-forward' ? 'developers@vendor.example' : client.address },
  ];
  const letter = {
    messageId: `<${on.id}@desk.example.by>`,
    from: { name: 'СТП', address: 'info@example.by' },
    to: to.filter(({ address }) => address !== ''),
    cc: [],
    subject: `Re: ${subject} [STP-${token}]`,
    references: [],
  };
  return kind === 'record-answer'
    ? { ...on, ...letter, kind, answeredAt: on.madeAt, answerKind: solves ? 'solution' : 'clarification' }
    : { ...on, ...letter, kind, forwardedAt: on.madeAt };
}

function reasonBy(
  draw: number,
  given: boolean,
  text: string,
): { readonly reasonId: string | null; readonly facts: Record<string, string> } {
  const { reasons } = defaultProfile;
  const reason = given ? reasons[Math.floor(draw * reasons.length)] : undefined;
  if (reason === undefined) return { reasonId: null, facts: {} };
  return { reasonId: reason.id, facts: Object.fromEntries(reason.facts.map(({ id }) => [id, text])) };
}

function idOf(draws: Draws, place: number, madeAt: number): string {
  const random = Uint8Array.from({ length: 16 }, (_, index) =>
    Math.floor(((draws[(index + place) % draws.length] ?? 0) * 2 ** (8 + index)) % 256),
  );
  return newUuid({ msecs: madeAt, random });
}

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function tokenOf(draws: Draws): string {
  return Array.from({ length: 8 }, (_, place) => digits[Math.floor((draws[place] ?? 0) * 32)]).join('');
}
