import { expect, onTestFinished, test } from 'vitest';
import type { AgentId, TicketId } from '#shared/ids.ts';
import {
  presenceLifeMs,
  presenceRenewalMs,
  type Presence,
  type PresentAgent,
  type PutPresence,
} from '#shared/protocol/presence.ts';
import { err, ok } from '#shared/result.ts';
import type { Role } from '#shared/ticket/author.ts';
import type { ApiCallError } from '#main/tickets/api-call-error.ts';
import { DeskPresence, type DeskPresenceOptions } from '#main/tickets/desk-presence.ts';
import { ManualScheduler } from '#test/integration/tickets/manual-scheduler.ts';

const [own, olga] = ['own', 'olga'] as AgentId[] as [AgentId, AgentId];
const [one, two, three] = ['one', 'two', 'three'].map((ticketId) => ({
  ticketId: ticketId as TicketId,
  activity: 'viewing' as const,
})) as [PutPresence, PutPresence, PutPresence];
const nothing: PutPresence = { ticketId: null, activity: 'viewing' };
const unreachable: ApiCallError = { kind: 'unreachable', message: '' };

const at = (agentId: AgentId, activity: PresentAgent['activity'] = 'viewing'): PresentAgent => ({
  agentId,
  ticketId: 'one' as TicketId,
  activity,
});

/** The desk's part against an API that answers when it is told to. */
function desk(role: Role = 'agent') {
  const said: unknown[] = [];
  const shown: Presence['present'][] = [];
  const listeners = new Set<(problem: ApiCallError | null) => void>();
  const scheduler = new ManualScheduler();
  let problem: ApiCallError | null = null;
  let answer = Promise.resolve();
  const hear = (heard: ApiCallError | null): void => {
    problem = heard;
    for (const listener of listeners) listener(heard);
  };
  const api: DeskPresenceOptions['api'] = {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    call: async (_name, input) => {
      said.push((input as { readonly body: unknown }).body);
      await answer;
      hear(problem);
      // The route answers nothing.
      return problem === null ? ok({} as never) : err(problem);
    },
  };
  const presence = new DeskPresence({
    api,
    author: { agentId: own, role },
    scheduler,
    onColleagues: ({ present }) => shown.push(present),
  });
  presence.start();
  onTestFinished(() => presence.close());
  return {
    presence,
    said,
    shown,
    scheduler,
    hear,
    /** Until the returned function is called the API does not answer. */
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      answer = promise;
      return resolve;
    },
  };
}

test('what the agent has open is said at once, once, and renewed while it is open', async () => {
  const { presence, said, scheduler } = desk();
  presence.set(one);
  presence.set(one);
  await expect.poll(() => said).toEqual([one]);
  await expect.poll(() => scheduler.asked.length).toBe(2);
  scheduler.pass(presenceRenewalMs);
  await expect.poll(() => said).toEqual([one, one]);
  presence.set(nothing);
  await expect.poll(() => said).toEqual([one, one, nothing]);
  await expect.poll(() => scheduler.asked.length).toBe(4);
  scheduler.pass(presenceRenewalMs);
  await expect.poll(() => scheduler.asked.length).toBe(5);
  expect(said).toHaveLength(3);
  // Half of it may be late without a lapse.
  expect(presenceRenewalMs * 2).toBeLessThan(presenceLifeMs);
});

test('of what changes faster than the API answers only the last is said', async () => {
  const { presence, said, hold } = desk();
  const release = hold();
  presence.set(one);
  await expect.poll(() => said).toEqual([one]);
  presence.set(two);
  presence.set(three);
  presence.set({ ...three, activity: 'answering' });
  release();
  await expect.poll(() => said).toEqual([one, { ...three, activity: 'answering' }]);
});

test('nothing is said while the API is away; what is true is said when it is back', async () => {
  const { presence, said, hear, scheduler } = desk();
  hear(unreachable);
  presence.set(one);
  presence.set(two);
  await expect.poll(() => scheduler.asked.length).toBe(2);
  scheduler.pass(presenceRenewalMs);
  await expect.poll(() => scheduler.asked.length).toBe(3);
  expect(said).toEqual([]);
  hear(null);
  await expect.poll(() => said).toEqual([two]);
  // Lost on the way: said again as soon as the API answers anybody.
  hear(unreachable);
  presence.set(three);
  await expect.poll(() => scheduler.asked.length).toBe(5);
  hear(null);
  await expect.poll(() => said).toEqual([two, three]);
});

test('leaving the desk says so, unless nothing was said or nobody hears', async () => {
  const left = desk();
  left.presence.set(one);
  await expect.poll(() => left.said).toEqual([one]);
  await left.presence.close();
  await left.presence.close();
  expect(left.said).toEqual([one, nothing]);

  const idle = desk();
  await idle.presence.close();
  expect(idle.said).toEqual([]);

  const offline = desk();
  offline.presence.set(one);
  await expect.poll(() => offline.said).toEqual([one]);
  offline.hear(unreachable);
  await offline.presence.close();
  expect(offline.said).toEqual([one]);
});

test('who may only read says nothing', async () => {
  const { presence, said, shown } = desk('read-only');
  presence.set(one);
  presence.hear({ type: 'presence', presence: { present: [at(olga)] } });
  await presence.close();
  expect(said).toEqual([]);
  expect(shown).toEqual([[at(olga)], []]);
});

test('colleagues are shown without the agent’s own desks, and only what is new', () => {
  const { presence, shown } = desk();
  presence.hear({ type: 'presence', presence: { present: [at(own), at(olga)] } });
  presence.hear({ type: 'presence', presence: { present: [at(olga)] } });
  presence.hear({ type: 'presence', presence: { present: [at(own), at(olga, 'answering')] } });
  expect(shown).toEqual([[at(olga)], [at(olga, 'answering')]]);
  expect(presence.colleagues).toEqual({ present: [at(olga, 'answering')] });
});

test('when the stream is cut off, colleagues are believed for as long as their word would hold', async () => {
  const { presence, shown, scheduler } = desk();
  presence.hear({ type: 'presence', presence: { present: [at(olga)] } });
  presence.hear({ type: 'cut-off' });
  presence.hear({ type: 'connected' });
  presence.hear({ type: 'presence', presence: { present: [at(olga)] } });
  scheduler.pass(presenceLifeMs);
  await Promise.resolve();
  expect(shown).toEqual([[at(olga)]]);
  presence.hear({ type: 'cut-off' });
  presence.hear({ type: 'connected' });
  presence.hear({ type: 'cut-off' });
  scheduler.pass(presenceLifeMs - 1);
  await Promise.resolve();
  expect(shown).toHaveLength(1);
  scheduler.pass(presenceLifeMs);
  await expect.poll(() => shown).toEqual([[at(olga)], []]);
});
