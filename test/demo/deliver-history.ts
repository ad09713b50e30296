import { v7 as uuidv7 } from 'uuid';
import type { BlockedSenderId } from '#shared/ids.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { HistoryFiles } from './history-files.ts';
import { byAgent, HistoryOperations, type Service } from './history-operations.ts';
import { oddLetters } from './odd-letters.ts';
import type { Random } from './random.ts';
import type { TicketPlan } from './ticket-plan.ts';

/** Small enough that the numbers of tickets grow with time, calls among letters; large enough to be quick. */
const ticketsAtOnce = 40;
const blockedSenders = 3;

/**
 * Lets the planned past happen: letters into the mailbox, their facts and everything that agents did to the API, each
 * under its author's login, as desks that had worked all the while would have left it.
 *
 * Subjects of answers need the ticket's token, so tickets are opened first, in the order of time.
 */
export async function deliverHistory(
  plans: readonly TicketPlan[],
  service: Service,
  random: Random,
): Promise<void> {
  const odd = await oddLetters(service.address, service.now, answersOf(plans), random);
  const files = new HistoryFiles(plans, odd, service, random);
  const operations = new HistoryOperations(service, random);
  const tickets = await openTickets(plans, files, operations);

  const [before, answers, after] = [byAgent(), byAgent(), byAgent()];
  for (const plan of plans) {
    const ticket = tickets.get(plan);
    if (ticket === undefined) throw new Error('a planned letter opened no ticket');
    const lastAnswerAt = plan.letters.findLast(({ answer }) => answer !== null)?.at ?? -1;
    for (const deed of plan.deeds) {
      (deed.at < lastAnswerAt ? before : after)[deed.by].push(operations.ofDeed(deed, ticket.id));
    }
    for (const [place, letter] of plan.letters.entries()) {
      if (letter.answer === null) continue;
      answers[letter.answer.by].push(operations.ofAnswer(plan, place, letter, ticket));
    }
    await files.writeRest(plan, ticket.token);
  }
  await operations.push(before);
  await operations.push(answers);
  await files.ingestRest();
  files.deliver();
  await operations.push(after);
  const advertisers = plans.filter(({ deeds }) =>
    deeds.some((deed) => deed.kind === 'close' && deed.outcome === 'not-a-request'),
  );
  for (const { client } of advertisers.slice(0, blockedSenders)) {
    await service.agents.pyotr.ask('putBlockedSender', {
      params: { id: uuidv7() as BlockedSenderId },
      body: { address: client.address, reason: 'Реклама' },
    });
  }
}

/** Opens all tickets: most by their first letter, calls and letters of the service by an agent. */
async function openTickets(
  plans: readonly TicketPlan[],
  files: HistoryFiles,
  operations: HistoryOperations,
): Promise<ReadonlyMap<TicketPlan, Ticket>> {
  const ids = new Map<TicketPlan, string>();
  for (let start = 0; start < plans.length; start += ticketsAtOnce) {
    const part = plans.slice(start, start + ticketsAtOnce);
    const created = byAgent();
    for (const plan of part.filter(({ begunBy }) => begunBy !== null)) {
      const operation = operations.ofCreation(plan);
      created[plan.begunBy ?? 'anna'].push(operation);
      ids.set(plan, operation.ticketId);
    }
    await operations.push(created);
    for (const [plan, id] of await files.openBy(part.filter(({ begunBy }) => begunBy === null)))
      ids.set(plan, id);
  }
  const known = await operations.readTickets();
  return new Map(
    [...ids].flatMap(([plan, id]) => {
      const ticket = known.get(id);
      return ticket === undefined ? [] : [[plan, ticket] as const];
    }),
  );
}

function answersOf(plans: readonly TicketPlan[]): { at: number; messageId: string; to: string }[] {
  return plans.flatMap(({ client, letters }) =>
    letters
      .filter(({ answer }) => answer !== null)
      .map(({ at, messageId }) => ({ at, messageId, to: client.address })),
  );
}
