import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { News } from '#shared/bridge/attention.ts';
import { streamPaths } from '#shared/bridge/streams.ts';
import { compileDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import type { TicketId } from '#shared/ids.ts';
import { RuleBook } from '#shared/regulation/rule-book.ts';
import type { DesktopNotification } from '#main/attention/desktop.ts';
import type { Desk } from '#main/compose.ts';
import { askApi } from '#test/fakes/call-api.ts';
import { quietDesktop } from '#test/fakes/compose-desk.ts';
import { startApi, type RunningApi } from '#test/fakes/start-api.ts';
import { temporaryFolder } from '#test/unit/journal/journal-folder.ts';
import { startDesk } from './composed-desk.ts';

const hourMs = 3_600_000;
let api: RunningApi;

beforeAll(async () => {
  api = await startApi({ database: 'pglite' });
}, 60_000);
afterAll(() => api.close());

/** How far the clock has to go back to the last noon on which the service is closed by the shipped regulation. */
function toClosedNoon(): number {
  const time = compileDefaultCalendar().workingTime(0);
  let day = time.dayOf(Date.now()) - 1;
  while (time.openingOf(day) !== null) day -= 1;
  return time.endOfDay(day) - 12 * hourMs - Date.now();
}

function news(n: number): News {
  const ticketId = `01900000-0000-7000-8000-${String(n).padStart(12, '0')}` as TicketId;
  return { ticketId, number: n, client: '', subject: '', why: 'overdue' };
}

/** Puts a regulation into force by which the service never closes. */
async function openAlways(): Promise<void> {
  const credentials = { login: api.adminLogin, password: api.adminPassword };
  const { accessToken } = await askApi(api.url, 'logIn', null, { body: credentials });
  const { profile, categories, calendar } = RuleBook.shipped().current;
  const allDay = [{ opensAt: '00:00', closesAt: '24:00' }];
  await askApi(api.url, 'putRegulation', accessToken, {
    body: {
      revision: 0,
      profile,
      categories: [...categories],
      calendar: {
        ...calendar.calendar,
        weeklyHours: {
          monday: allDay,
          tuesday: allDay,
          wednesday: allDay,
          thursday: allDay,
          friday: allDay,
          saturday: allDay,
          sunday: allDay,
        },
        years: [],
        holidayRules: [],
        holidays: [],
        movedDays: [],
        shortDays: [],
      },
    },
  });
}

async function readFeed(desk: Desk): Promise<void> {
  const body = JSON.stringify({ epoch: null, after: 0 });
  const request = new Request(`stp://app${streamPaths.changes}`, { method: 'POST', body });
  await (await desk.handleStream(request)).body?.getReader().read();
}

test('a desk tells news in the hours of the regulation that the feed told of, also after its next start', async () => {
  const userData = await temporaryFolder();
  const laterMs = toClosedNoon();
  const told: DesktopNotification[] = [];
  const desktop = { ...quietDesktop, notify: (notification: DesktopNotification) => told.push(notification) };
  const login = { apiUrl: api.url, login: api.adminLogin, password: api.adminPassword };

  const desk = await startDesk(userData, () => laterMs, desktop);
  const entered = await desk.handlers['session.logIn']({ ...login, certificateAuthority: null });
  expect(entered.ok).toBe(true);
  await openAlways();
  await readFeed(desk);
  await desk.handlers['attention.tell']({ news: [news(1)] });
  await vi.waitFor(() => expect(told).toHaveLength(1), { timeout: 15_000 });
  await desk.close();

  const again = await startDesk(userData, () => laterMs, desktop);
  await again.handlers['attention.tell']({ news: [news(2)] });
  await vi.waitFor(() => expect(told).toHaveLength(2), { timeout: 15_000 });
}, 60_000);
