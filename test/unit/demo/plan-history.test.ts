import { expect, test } from 'vitest';
import { makeInstitutions } from '#test/demo/institutions.ts';
import { Office } from '#test/demo/office.ts';
import { planHistory } from '#test/demo/plan-history.ts';
import { problems } from '#test/demo/problems/all-problems.ts';
import { Random } from '#test/demo/random.ts';

/** Fri 13.11.2026 11:00 in Minsk. */
const now = Date.UTC(2026, 10, 13, 8);
const all = [...problems.ru, ...problems.be];

test.each([1, 2, 3, 4, 5])(
  'chance %i puts out of turn what its subject calls for, and that is unanswered',
  (seed) => {
    const random = new Random(seed);
    const plans = planHistory(new Office(now, random), makeInstitutions(random), random);
    expect(plans).toHaveLength(300);
    const critical = plans.flatMap((plan) =>
      plan.deeds.flatMap((deed) => (deed.kind === 'critical' ? [{ plan, reason: deed.reason }] : [])),
    );
    expect(critical.length).toBeGreaterThanOrEqual(3);
    expect(new Set(critical.map(({ reason }) => reason)).size).toBe(critical.length);
    for (const { plan, reason } of critical) {
      expect(all.find(({ subject }) => subject === plan.subject)?.outOfTurn).toBe(reason);
      expect(plan.letters.every(({ answer }) => answer === null)).toBe(true);
    }
  },
);
