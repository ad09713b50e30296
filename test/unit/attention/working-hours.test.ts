import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChangesFrame } from '#shared/bridge/streams.ts';
import { readDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { defaultCategories } from '#shared/regulation/category.ts';
import { defaultProfile } from '#shared/regulation/default-profile.ts';
import type { Regulation } from '#shared/regulation/regulation.ts';
import { WorkingHours } from '#main/attention/working-hours.ts';

/** Tuesday 10.11.2026, midnight in Minsk. */
const midnight = Date.UTC(2026, 10, 9, 21);
const hourMs = 3_600_000;

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hours-'));
});
afterEach(async () => rm(dir, { recursive: true }));

/** A version by which the service opens at this hour on Tuesdays. */
function opensAt(hour: number, revision: number): Regulation {
  const calendar = readDefaultCalendar();
  const weeklyHours = {
    ...calendar.weeklyHours,
    tuesday: [{ opensAt: `${hour}:00`, closesAt: '18:00' }],
  };
  return {
    revision,
    since: midnight,
    profile: defaultProfile,
    categories: [...defaultCategories],
    calendar: { ...calendar, weeklyHours },
  };
}

function told(...regulations: Regulation[]): ChangesFrame {
  const changes = regulations.map((state, index) => ({
    entity: 'regulation' as const,
    id: `${state.revision}`,
    version: index + 1,
    state,
  }));
  return { type: 'changes', epoch: 'e1', next: changes.length, changes };
}

function openingHour(hours: WorkingHours): number {
  return (hours.time.nextOpening(midnight) - midnight) / hourMs;
}

async function following(): Promise<WorkingHours> {
  const hours = new WorkingHours();
  await hours.follow(dir);
  return hours;
}

test('are the shipped ones until a regulation comes, and its own from then on, also at the next start', async () => {
  const hours = await following();
  expect(openingHour(hours)).toBe(9);
  await hours.notice(told(opensAt(10, 1)));
  expect(openingHour(hours)).toBe(10);
  await hours.notice(told(opensAt(12, 3), opensAt(11, 2)));
  expect(openingHour(hours)).toBe(12);
  expect(openingHour(await following())).toBe(12);
});

test('are not those of an older version that is told again', async () => {
  const hours = await following();
  await hours.notice(told(opensAt(11, 2)));
  await hours.notice(told(opensAt(10, 1)));
  expect(openingHour(hours)).toBe(11);
  expect(openingHour(await following())).toBe(11);
});

test('begin anew with the feed', async () => {
  const hours = await following();
  await hours.notice(told(opensAt(11, 2)));
  await hours.notice({ type: 'reset', epoch: 'e2' });
  expect(openingHour(hours)).toBe(9);
  expect(openingHour(await following())).toBe(9);
  await hours.notice(told(opensAt(10, 1)));
  expect(openingHour(await following())).toBe(10);
});

test('are the shipped ones where nobody is signed in, or the file cannot be read', async () => {
  const hours = await following();
  await hours.notice(told(opensAt(11, 1)));
  hours.leave();
  expect(openingHour(hours)).toBe(9);
  await hours.notice(told(opensAt(12, 2)));
  expect(openingHour(hours)).toBe(9);
  const path = join(dir, 'regulation.json');
  const written = await readFile(path, 'utf8');
  for (const damaged of [written.slice(0, -10), '{}', 'null']) {
    await writeFile(path, damaged);
    expect(openingHour(await following())).toBe(9);
  }
});
