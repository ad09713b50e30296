import { expect, test } from 'vitest';
import { readDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { defaultCategories } from '#shared/regulation/category.ts';
import { defaultProfile } from '#shared/regulation/default-profile.ts';
import { parseRegulation } from '#shared/regulation/parse-regulation.ts';

const shipped = {
  profile: defaultProfile,
  categories: [...defaultCategories],
  calendar: readDefaultCalendar(),
};
const [quota, ...others] = shipped.categories;
if (quota === undefined) throw new Error('there are no kinds of work');

test('takes what ships', () => {
  expect(parseRegulation(shipped)).toEqual({ ok: true, value: shipped });
});

test.each([
  ['no kinds of work at all', { categories: null }, 'malformed', /^\/categories$/u],
  [
    'a kind of work twice',
    { categories: [quota, { ...quota, item: null }] },
    'duplicate-entry',
    /^\/categories\/1$/u,
  ],
  [
    'an item twice',
    { categories: [quota, { ...quota, id: 'another' }] },
    'duplicate-entry',
    /^\/categories\/1$/u,
  ],
  [
    'a fact twice',
    {
      categories: [
        {
          ...quota,
          facts: [
            { id: 'x', label: quota.title },
            { id: 'x', label: quota.title },
          ],
        },
        ...others,
      ],
    },
    'duplicate-entry',
    /^\/categories\/0\/facts$/u,
  ],
  ['no kind of work for what lies outside', { categories: [quota] }, 'unknown-category', /^\/profile\//u],
  [
    'an answer of an unknown kind',
    { profile: { ...defaultProfile, answerKinds: [{ kind: 'x', stopsClock: true, armsClosing: true }] } },
    'unknown-answer-kind',
    /^\/profile\/answerKinds\/0$/u,
  ],
  [
    'a date that does not exist',
    {
      calendar: {
        ...shipped.calendar,
        closures: [{ from: '2026-02-30T00:00', to: '2026-03-01T00:00', source: 'x', status: 'confirmed' }],
      },
    },
    'impossible-date',
    /^\/calendar\/closures\/0/u,
  ],
  [
    'an unknown zone',
    { calendar: { ...shipped.calendar, zone: 'Europe/Nowhere' } },
    'unknown-zone',
    /zone$/u,
  ],
] as const)('refuses %s, and says where', (_name, changed, kind, path) => {
  const parsed = parseRegulation({ ...shipped, ...changed });
  expect(parsed).toMatchObject({ ok: false, error: { kind, path: expect.stringMatching(path) as string } });
});
