import { describe, expect, test } from 'vitest';
import type { News } from '#shared/bridge/attention.ts';
import type { TicketId } from '#shared/ids.ts';
import { describeNews } from '#main/attention/describe-news.ts';
import {
  badgeCount,
  overlayDescription,
  trayCommands,
  trayPicture,
  trayTip,
} from '#main/attention/tray-look.ts';
import { sayIn } from '#main/attention/tray-words.ts';

const ids = [1, 2, 3].map((n) => `01900000-0000-7000-8000-00000000000${n}` as TicketId);
function news(n: number, why: News['why'], changes: Partial<News> = {}): News {
  const ticketId = ids[n - 1] ?? ('' as TicketId);
  return {
    ticketId,
    number: 40 + n,
    client: 'Мария Клиентова',
    subject: 'Не открывается сайт',
    why,
    ...changes,
  };
}
const ru = sayIn('ru');
const everyWhy: readonly News['why'][] = [
  'new',
  'client-wrote',
  'not-delivered',
  'critical',
  'assigned',
  'at-risk',
  'overdue',
];

describe('news of one ticket', () => {
  test('name it by number alone', () => {
    expect(describeNews([news(1, 'new')], false, ru)).toEqual({
      title: 'Новая заявка',
      body: 'Заявка № 41',
      ticketId: ids[0],
    });
  });

  test('name client and subject where that is allowed', () => {
    const told = describeNews([news(1, 'client-wrote')], true, ru);
    expect(told.body).toBe('Заявка № 41 · Мария Клиентова\nНе открывается сайт');
  });

  test('leave out a number that nobody has given yet, and what else is empty', () => {
    expect(describeNews([news(1, 'new', { number: 0 })], false, ru).body).toBe('');
    expect(describeNews([news(1, 'new', { number: 0, subject: '' })], true, ru).body).toBe('Мария Клиентова');
  });

  test('are told by the most pressing', () => {
    const told = describeNews([news(1, 'new'), news(1, 'assigned'), news(1, 'overdue')], false, ru);
    expect([told.title, told.ticketId]).toEqual(['Срок ответа прошёл', ids[0]]);
  });
});

test('news of several tickets are counted, and name none of them', () => {
  const all = [news(1, 'new'), news(2, 'new'), news(2, 'new'), news(3, 'overdue')];
  expect(describeNews(all, true, ru)).toEqual({
    title: 'Новости по 3 заявкам',
    body: 'Срок ответа прошёл: 1\nНовые заявки: 2',
    ticketId: null,
  });
});

test.each(['ru', 'be', 'en'] as const)('%s has words for everything', (language) => {
  const say = sayIn(language);
  const texts = [
    ...trayCommands.flatMap((command) => (command === null ? [] : [say(`tray.${command}`)])),
    ...everyWhy.map((why) => describeNews([news(1, why)], false, say).title),
    describeNews(
      everyWhy.flatMap((why) => [news(1, why), news(2, why)]),
      false,
      say,
    ).body,
    trayTip('STP Console', { overdue: 1, dueToday: 2, critical: 3, toAnswer: 4 }, say),
    trayTip('STP Console', { overdue: 0, dueToday: 0, critical: 0, toAnswer: 0 }, say),
  ];
  for (const text of texts) expect(text).not.toMatch(/tray\.|\{\{|^$/u);
  expect(new Set(texts).size).toBe(texts.length);
});

describe('tray and badge', () => {
  const counts = { overdue: 2, dueToday: 3, critical: 0, toAnswer: 9 };

  test('show the overdue mark while something is overdue', () => {
    expect(trayPicture(counts)).toBe('tray-overdue');
    expect(trayPicture({ ...counts, overdue: 0 })).toBe('tray');
    expect(overlayDescription(counts, ru)).toBe('Просрочено: 2');
    expect(overlayDescription({ ...counts, overdue: 0 }, ru)).toBe('');
  });

  test('count what has to be answered today', () => {
    expect(badgeCount(counts)).toBe(5);
  });

  test('name the counts that are not zero', () => {
    expect(trayTip('STP Console', counts, ru)).toBe(
      'STP Console\nПросрочено: 2\nСрок сегодня: 3\nЖдут ответа: 9',
    );
    expect(trayTip('STP Console', { overdue: 0, dueToday: 0, critical: 0, toAnswer: 0 }, ru)).toBe(
      'STP Console\nОтветов никто не ждёт',
    );
  });
});
