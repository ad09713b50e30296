import { expect, onTestFinished, test, vi } from 'vitest';
import type { AgentId, TicketId } from '#shared/ids.ts';
import type { PresentAgent } from '#shared/protocol/presence.ts';
import { usePresence } from '#renderer/state/presence.ts';
import { watchIdle } from '#renderer/state/watch-idle.ts';

function idlePage() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const page = new EventTarget();
  const told: boolean[] = [];
  const stop = watchIdle(page, 300_000, (isIdle) => told.push(isIdle));
  return { page, told, stop };
}

test('nobody is there after five minutes without a touch, and somebody at the next one', () => {
  const { page, told } = idlePage();
  vi.advanceTimersByTime(299_000);
  page.dispatchEvent(new Event('pointermove'));
  vi.advanceTimersByTime(299_999);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual([true]);
  vi.advanceTimersByTime(3_600_000);
  page.dispatchEvent(new Event('keydown'));
  page.dispatchEvent(new Event('keydown'));
  expect(told).toEqual([true, false]);
  vi.advanceTimersByTime(300_000);
  expect(told).toEqual([true, false, true]);
});

test('who has stopped watching is told nothing', () => {
  const { page, told, stop } = idlePage();
  stop();
  page.dispatchEvent(new Event('keydown'));
  vi.advanceTimersByTime(600_000);
  expect(told).toEqual([]);
});

test('a ticket at which nobody came or left keeps its list, so that its row is not drawn again', () => {
  const at = (ticketId: string, activity: PresentAgent['activity']): PresentAgent => ({
    agentId: 'olga' as AgentId,
    ticketId: ticketId as TicketId,
    activity,
  });
  const { show } = usePresence.getState();
  onTestFinished(() => show({ present: [] }));
  const of = (ticketId: string) => usePresence.getState().colleagues.get(ticketId as TicketId);
  show({ present: [at('one', 'viewing'), at('two', 'viewing')] });
  const before = of('one');
  show({ present: [at('one', 'viewing'), at('two', 'answering')] });
  expect(of('one')).toBe(before);
  expect(of('two')).toEqual([at('two', 'answering')]);
  show({ present: [at('two', 'answering')] });
  expect(of('one')).toBeUndefined();
});
