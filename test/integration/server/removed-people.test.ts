import { beforeAll, expect, test } from 'vitest';
import type { TicketId } from '#shared/ids.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import {
  answerTo,
  claimSend,
  newTicket,
  operation,
  push,
  readFeed,
  readTicket,
  type Agent,
} from './desk-steps.ts';
import { newAddress } from './letters.ts';
import { newService, onBothEngines } from './on-both-engines.ts';

onBothEngines('answers to somebody who was taken out of the ticket', (bench) => {
  let one: Agent;
  let two: Agent;

  beforeAll(async () => {
    [one, two] = await newService(bench, 'agent', 'agent');
  });

  const people = async (id: TicketId) => (await readTicket(bench, one, id)).participants;
  const letIn = (id: TicketId, address: string): Operation =>
    operation(bench, 'add-participant', id, { address });
  const takeOut = (id: TicketId, address: string): Operation =>
    operation(bench, 'remove-participant', id, { address });
  /** A ticket with one more participant, and the version at which an answer to both is begun. */
  const begin = async (): Promise<{ ticket: Ticket; address: string; begun: number }> => {
    const { id } = await newTicket(bench, one);
    const address = newAddress();
    await push(bench, one, letIn(id, address));
    const change = (await readFeed(bench, one)).find((candidate) => candidate.id === id);
    if (change?.entity !== 'ticket' || change.state === null) throw new Error('no such ticket in the feed');
    return { ticket: change.state, address, begun: change.version };
  };
  const claim = async (ticketId: TicketId, ticketVersion: number, purpose: 'answer' | 'forward' = 'answer') =>
    await claimSend(bench, one, { ticketId, ticketVersion, purpose });
  const answerBoth = (ticket: Ticket, address: string, ticketVersion?: number): Operation => ({
    ...answerTo(bench, ticket, { to: [ticket.client.address, address.toUpperCase()] }),
    ...(ticketVersion === undefined ? {} : { ticketVersion }),
  });

  test('a claim tells of it, also where their author did it', async () => {
    const { ticket, address, begun } = await begin();
    expect(await claim(ticket.id, begun)).not.toHaveProperty('removed');
    await push(bench, one, takeOut(ticket.id, address));
    expect(await claim(ticket.id, begun)).toMatchObject({ movedOn: null, removed: [address] });
    // An answer that is begun by now knows of it, and whom a letter is passed on to never took part.
    const change = (await readFeed(bench, one)).find((candidate) => candidate.id === ticket.id);
    expect(await claim(ticket.id, change?.version ?? 0)).not.toHaveProperty('removed');
    expect(await claim(ticket.id, begun, 'forward')).not.toHaveProperty('removed');
    await push(bench, two, letIn(ticket.id, address));
    expect(await claim(ticket.id, begun)).not.toHaveProperty('removed');
  });

  test('its record does not let them in again', async () => {
    const { ticket, address, begun } = await begin();
    await push(bench, two, takeOut(ticket.id, address));
    const stranger = newAddress();
    await push(bench, one, {
      ...answerTo(bench, ticket, { to: [ticket.client.address, address, stranger] }),
      ticketVersion: begun,
    });
    expect(await people(ticket.id)).toEqual([ticket.client.address, stranger]);
  });

  test('neither where both come in one batch', async () => {
    const { ticket, address, begun } = await begin();
    await push(bench, one, takeOut(ticket.id, address), answerBoth(ticket, address, begun));
    expect(await people(ticket.id)).toEqual([ticket.client.address]);
  });

  test('it does where the agent knew of it', async () => {
    const { ticket, address } = await begin();
    await push(bench, two, takeOut(ticket.id, address));
    await push(bench, one, answerBoth(ticket, address));
    expect(await people(ticket.id)).toEqual([ticket.client.address, address]);
  });

  test('the ticket may have been merged meanwhile', async () => {
    const { ticket, address, begun } = await begin();
    const into = await newTicket(bench, one);
    await push(bench, two, takeOut(ticket.id, address));
    await push(bench, two, operation(bench, 'merge-ticket', ticket.id, { into: into.id }));
    expect(await claim(ticket.id, begun)).toMatchObject({ removed: [address] });
    await push(bench, one, answerBoth(ticket, address, begun));
    expect(await people(into.id)).toEqual([into.client.address, ticket.client.address]);
  });

  test('or after it was merged', async () => {
    const { ticket, address, begun } = await begin();
    const into = await newTicket(bench, one);
    await push(bench, two, operation(bench, 'merge-ticket', ticket.id, { into: into.id }));
    await push(bench, two, takeOut(into.id, address));
    expect(await claim(ticket.id, begun)).toMatchObject({ removed: [address] });
    await push(bench, one, answerBoth(ticket, address, begun));
    expect(await people(into.id)).toEqual([into.client.address, ticket.client.address]);
  });
});
