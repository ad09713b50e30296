import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClockOffset } from '#main/tickets/clock-offset.ts';
import { backOffMs, systemScheduler } from '#main/scheduler.ts';
import { Wake } from '#main/tickets/wake.ts';

const never = new AbortController().signal;

describe('back-off', () => {
  test('doubles, spreads over its upper half, and stays below its limit', () => {
    const backOff = { firstMs: 1_000, maxMs: 60_000 };
    expect([1, 2, 3, 7, 1_000].map((attempt) => backOffMs(backOff, attempt, 0))).toEqual([
      500, 1_000, 2_000, 30_000, 30_000,
    ]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, random) => {
          const full = Math.min(60_000, 1_000 * 2 ** (attempt - 1));
          const waitMs = backOffMs(backOff, attempt, random);
          expect(waitMs).toBeGreaterThanOrEqual(full / 2);
          expect(waitMs).toBeLessThanOrEqual(full);
          expect(backOffMs(backOff, attempt, random, 100_000)).toBeGreaterThanOrEqual(100_000);
        },
      ),
    );
  });
});

describe('the clock offset', () => {
  test('takes half of the round trip and the median of the last seven', () => {
    const offset = new ClockOffset();
    expect(offset.ms).toBe(0);
    offset.add(1_000, 1_100, 6_050);
    expect(offset.ms).toBe(5_000);
    // One answer that was held up somewhere does not count for much.
    offset.add(1_000, 9_000, 6_000);
    offset.add(2_000, 2_020, 7_012);
    expect(offset.ms).toBe(5_000);
    for (let index = 0; index < 7; index += 1) offset.add(1_000, 1_000, 500);
    expect(offset.ms).toBe(-500);
  });

  test('does not measure across a clock that was set back', () => {
    const offset = new ClockOffset();
    offset.add(10_000, 1_000, 5_000);
    expect(offset.ms).toBe(0);
  });
});

describe('a bell', () => {
  test('is heard by who listens, and by who comes later, once', async () => {
    const wake = new Wake();
    const listening = wake.wait(never);
    wake.ring();
    await listening;
    wake.ring();
    await wake.wait(never);
    const order: string[] = [];
    const second = wake.wait(never).then(() => order.push('rang'));
    order.push('waits');
    wake.ring();
    await second;
    expect(order).toEqual(['waits', 'rang']);
  });

  test('stops with the signal and with the time', async () => {
    const wake = new Wake();
    const abort = new AbortController();
    const waits = wake.wait(abort.signal);
    abort.abort();
    await waits;
    await wake.waitAtMost(1, systemScheduler, never);
    expect(abort.signal.aborted).toBe(true);
  });
});
