import { createInstance } from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { readDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { defaultCategories } from '#shared/regulation/category.ts';
import { defaultProfile } from '#shared/regulation/default-profile.ts';
import { parseRegulation } from '#shared/regulation/parse-regulation.ts';
import { russian } from '#renderer/language/russian.ts';
import { faultAt, faultInFile } from '#renderer/features/admin/regulation/fault-words.ts';
import { nextVersion } from '#renderer/features/admin/regulation/next-version.ts';
import { readJsonFile } from '#renderer/features/admin/regulation/read-json-file.ts';
import { wholeNumber } from '#renderer/features/admin/regulation/whole-number.ts';

const regulation = {
  profile: defaultProfile,
  categories: [...defaultCategories],
  calendar: readDefaultCalendar(),
};

describe('the version of what was edited', () => {
  const before = { version: 'by-2026', hours: 9 };
  test.each([
    ['unchanged keeps its name', before, 'by-2026'],
    ['changed gets another', { ...before, hours: 8 }, 'by-2026+r4'],
    ['named by its file keeps that', { version: 'by-2027', hours: 8 }, 'by-2027'],
  ])('%s', (_, after, version) => expect(nextVersion(before, after, 4)).toBe(version));

  test('never grows longer', () => {
    expect(
      nextVersion(
        { version: 'by+r3' },
        JSON.parse('{"version":"by+r3","hours":8}') as { version: string },
        4,
      ),
    ).toBe('by+r4');
  });
});

describe('a file with a regulation', () => {
  test.each([
    ['{"a":1}', { ok: true, value: { a: 1 } }],
    ['\uFEFF{"a":1}', { ok: true, value: { a: 1 } }],
    ['{"a":', { ok: false, error: 'fault.notJson' }],
    [new Uint8Array([0xff, 0xfe]), { ok: false, error: 'fault.notJson' }],
    [new Uint8Array(5_000_001), { ok: false, error: 'fault.tooLarge' }],
  ])('is read as JSON or refused %#', async (content, result) => {
    expect(await readJsonFile(new Blob([content]))).toEqual(result);
  });

  test('that was saved comes back as it was', () => {
    expect(parseRegulation(JSON.parse(JSON.stringify(regulation)))).toEqual({ ok: true, value: regulation });
  });
});

describe('what is wrong is told at its field', () => {
  const words = createInstance();
  beforeAll(async () => {
    await words.init({ lng: 'ru', ns: ['desk'], defaultNS: 'desk', resources: { ru: { desk: russian } } });
  });

  const [first] = defaultProfile.reasons;
  if (first === undefined) throw new Error('no reasons');
  const withText = (be: string) => ({
    ...regulation,
    profile: {
      ...defaultProfile,
      reasons: [{ ...first, clientText: { ...first.clientText, be } }, ...defaultProfile.reasons.slice(1)],
    },
  });

  test.each([
    ['unknown-slot', '/profile/reasons/0/clientText/be', withText('Дашліце {{nothing}}')],
    ['slots-differ', '/profile/reasons/0/clientText/be', withText('Дашліце')],
    ['malformed', '/profile/reasons/0/clientText/be', withText('')],
    [
      'malformed',
      '/profile/deadline/days',
      {
        ...regulation,
        profile: { ...defaultProfile, deadline: { ...defaultProfile.deadline, days: wholeNumber('') } },
      },
    ],
    [
      'arms-without-reaction',
      '/profile/answerKinds/0',
      {
        ...regulation,
        profile: {
          ...defaultProfile,
          answerKinds: defaultProfile.answerKinds.map((rule, at) =>
            at === 0 ? { ...rule, stopsClock: false } : rule,
          ),
        },
      },
    ],
    [
      'unknown-answer-kind',
      '/profile/answerKinds/0',
      {
        ...regulation,
        profile: {
          ...defaultProfile,
          answerKinds: defaultProfile.answerKinds.map((rule, at) =>
            at === 0 ? { ...rule, kind: 'shrug' } : rule,
          ),
        },
      },
    ],
    [
      'moved-holiday',
      '/calendar/movedDays/17/dayOff',
      {
        ...regulation,
        calendar: {
          ...regulation.calendar,
          movedDays: [
            ...regulation.calendar.movedDays,
            { dayOff: '2026-01-07', workedOn: '2026-01-10', source: 'x', status: 'confirmed' },
          ],
        },
      },
    ],
  ])('%s at %s', (kind, path, proposed) => {
    const parsed = parseRegulation(proposed);
    if (parsed.ok) throw new Error('was let through');
    expect(parsed.error).toMatchObject({ kind, path });
    expect(faultAt(parsed.error, path, words.t)).toMatch(/\p{Script=Cyrillic}{4}/u);
    expect(faultAt(parsed.error, `${path}x`, words.t)).toBeNull();
    expect(faultInFile(parsed.error, words.t)).toContain(`${path}: `);
  });
});
