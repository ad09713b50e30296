import { beforeEach, describe, expect, test } from 'vitest';
import type { News } from '#shared/bridge/attention.ts';
import { defaultPreferences, type Preferences } from '#shared/bridge/preferences.ts';
import { compileCalendar } from '#shared/calendar/compile-calendar.ts';
import { compileDefaultCalendar, readDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import type { WorkingTime } from '#shared/calendar/working-time.ts';
import type { TicketId } from '#shared/ids.ts';
import type { Desktop, DesktopNotification } from '#main/attention/desktop.ts';
import { Notifier } from '#main/attention/notifier.ts';
import type { Scheduler } from '#main/scheduler.ts';

/** Tuesday 10.11.2026, 12:00 in Minsk. */
const noon = Date.UTC(2026, 10, 10, 9);
const hourMs = 3_600_000;
const shippedHours = compileDefaultCalendar().workingTime(0);

/** A clock that jumps to the end of each wait, as far as it is let. */
class JumpingClock implements Scheduler {
  at = noon;
  until = Number.POSITIVE_INFINITY;
  #blocked: (() => void)[] = [];

  now(): number {
    return this.at;
  }

  async delay(ms: number, signal: AbortSignal): Promise<void> {
    const dueAt = this.at + ms;
    while (dueAt > this.until && !signal.aborted) {
      await new Promise<void>((resolve) => this.#blocked.push(resolve));
    }
    this.at = Math.max(this.at, dueAt);
  }

  random(): number {
    return 0;
  }

  async runTo(moment: number): Promise<void> {
    this.until = moment;
    for (const go of this.#blocked.splice(0)) go();
    for (let turn = 0; turn < 5000; turn++) await Promise.resolve();
    this.at = Math.max(this.at, moment);
  }
}

let clock: JumpingClock;
let preferences: Preferences;
let isLocked: boolean;
let hours: WorkingTime;
let told: DesktopNotification[];
/** What still stands on the screen. */
let shown: DesktopNotification | null;
let notifier: Notifier;

beforeEach(() => {
  clock = new JumpingClock();
  clock.until = noon;
  preferences = { ...defaultPreferences, notificationContent: true };
  isLocked = false;
  hours = shippedHours;
  told = [];
  shown = null;
  const desktop: Desktop = {
    showCounts: () => {},
    notify: (notification) => {
      told.push(notification);
      shown = notification;
    },
    clearNotifications: () => (shown = null),
    isLocked: () => isLocked,
    openPath: () => Promise.resolve(true),
  };
  notifier = new Notifier({
    desktop,
    preferences: () => preferences,
    workingTime: () => hours,
    clock,
    scheduler: clock,
  });
});

function news(n: number, why: News['why'] = 'new'): News {
  const ticketId = `01900000-0000-7000-8000-${String(n).padStart(12, '0')}` as TicketId;
  return { ticketId, number: n, client: 'Мария Клиентова', subject: 'Не открывается сайт', why };
}

test('gathers for a moment what comes together', async () => {
  notifier.tell([news(1)]);
  notifier.tell([news(2)]);
  await clock.runTo(noon + 2900);
  expect(told).toEqual([]);
  await clock.runTo(noon + 3100);
  expect(told.map(({ title }) => title)).toEqual(['Новости по 2 заявкам']);
});

test('tells the next news not sooner than half a minute later, and the same only once', async () => {
  notifier.tell([news(1)]);
  await clock.runTo(noon + 5000);
  notifier.tell([news(2), news(2)]);
  await clock.runTo(noon + 30_000);
  expect(told).toHaveLength(1);
  await clock.runTo(noon + 40_000);
  expect(told.map(({ body }) => body.split(' · ')[0])).toEqual(['Заявка № 1', 'Заявка № 2']);
});

describe('content', () => {
  async function bodyOf(): Promise<string> {
    notifier.tell([news(1)]);
    await clock.runTo(noon + hourMs);
    return told[0]?.body ?? '';
  }

  test('is told where the preferences allow it', async () => {
    expect(await bodyOf()).toContain('Мария Клиентова');
  });

  test('is never told while the screen is locked', async () => {
    isLocked = true;
    expect(await bodyOf()).toBe('Заявка № 1');
  });

  test('is not told against the preferences', async () => {
    preferences = { ...preferences, notificationContent: false };
    expect(await bodyOf()).toBe('Заявка № 1');
  });

  test('is left out when the screen is locked while news are being gathered', async () => {
    notifier.tell([news(1)]);
    isLocked = true;
    await clock.runTo(noon + hourMs);
    expect(told[0]?.body).toBe('Заявка № 1');
  });
});

test('says nothing at all where notifications are off', async () => {
  preferences = { ...preferences, notifications: false };
  notifier.tell([news(1)]);
  await clock.runTo(noon + hourMs);
  expect(told).toEqual([]);
});

test('keeps what happens out of hours and tells it as one when the service opens', async () => {
  const friday = Date.UTC(2026, 10, 13, 17);
  const monday = Date.UTC(2026, 10, 16, 6);
  await clock.runTo(friday);
  for (let n = 1; n <= 5; n++) notifier.tell([news(n)]);
  await clock.runTo(monday - 1);
  expect(told).toEqual([]);
  notifier.tell([news(1, 'overdue')]);
  await clock.runTo(monday + 1000);
  expect(told.map(({ title, body }) => [title, body])).toEqual([
    ['Новости по 5 заявкам', 'Срок ответа прошёл: 1\nНовые заявки: 5'],
  ]);
});

test('waits for the opening of a regulation that comes meanwhile', async () => {
  const friday = Date.UTC(2026, 10, 13, 17);
  const monday = Date.UTC(2026, 10, 16, 6);
  await clock.runTo(friday);
  notifier.tell([news(1)]);
  await clock.runTo(friday + hourMs);
  const calendar = readDefaultCalendar();
  const mondays = [{ opensAt: '11:00', closesAt: '18:00' }];
  const weeklyHours = { ...calendar.weeklyHours, monday: mondays };
  hours = compileCalendar({ ...calendar, weeklyHours }).workingTime(0);
  await clock.runTo(monday + 2 * hourMs - 1);
  expect(told).toEqual([]);
  await clock.runTo(monday + 2 * hourMs + 1000);
  expect(told).toHaveLength(1);
});

test('takes back what still stands when an agent leaves', async () => {
  notifier.tell([news(1)]);
  await clock.runTo(noon + hourMs);
  expect(shown).not.toBeNull();
  notifier.forget();
  expect(shown).toBeNull();
});

test('forgets with an agent who leaves, and goes on for the next', async () => {
  notifier.tell([news(1)]);
  notifier.forget();
  await clock.runTo(noon + hourMs);
  expect(told).toEqual([]);
  notifier.tell([news(2)]);
  await clock.runTo(noon + 2 * hourMs);
  expect(told).toHaveLength(1);
});
