import { describe, expect, it } from 'vitest';
import { ANSWER_KINDS, ARMING } from '#shared/regulation/answer-kind.ts';
import { defaultCategories } from '#shared/regulation/category.ts';
import { defaultClosingPolicy } from '#shared/regulation/closing-policy.ts';
import { defaultDeadlinePolicy } from '#shared/regulation/deadline-policy.ts';
import { defaultProfile } from '#shared/regulation/default-profile.ts';
import { parseProfile, type ProfileError } from '#shared/regulation/parse-profile.ts';
import type { Profile } from '#shared/regulation/profile.ts';
import { defaultReactionPolicy } from '#shared/sla/reaction.ts';
import { findSlots } from '#shared/text/slots.ts';

function changed(change: (profile: Profile) => void): Profile {
  const profile = structuredClone(defaultProfile);
  change(profile);
  return profile;
}

function errorOf(json: unknown): ProfileError | null {
  const parsed = parseProfile(json, defaultCategories);
  return parsed.ok ? null : parsed.error;
}

describe('the shipped profile', () => {
  it('is accepted, also after a trip through JSON', () => {
    expect(parseProfile(JSON.parse(JSON.stringify(defaultProfile)), defaultCategories)).toEqual({
      ok: true,
      value: defaultProfile,
    });
  });

  it('reads the regulation to the letter', () => {
    expect(defaultDeadlinePolicy).toEqual({
      mode: 'A',
      days: 3,
      targetMode: 'B',
      targetDays: 3,
      dayEnds: 'closing',
      shortDayMinutes: 0,
      atRiskMs: 3 * 3_600_000,
    });
    expect(defaultClosingPolicy).toEqual({
      afterMs: 48 * 3_600_000,
      arming: ARMING,
      notBeforeEndOfNextWorkingDay: false,
      shortDayMinutes: 0,
    });
    expect(defaultReactionPolicy.stopsClock).toEqual(
      new Set(ANSWER_KINDS.filter((kind) => kind !== 'notice')),
    );
  });

  it('has the nine reasons of section 3 in their order, each with facts and a letter in three languages', () => {
    expect(defaultProfile.reasons.map(({ item }) => item)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const { facts, clientText, needsLookAgain } of defaultProfile.reasons) {
      expect(facts.length).toBeGreaterThan(0);
      expect(clientText.ru).toMatch(/^Здравствуйте!\n\n[А-Я«]/u);
      expect(clientText.be).toMatch(/^Добры дзень!\n\n[А-ЯЎІ«]/u);
      expect(clientText.en).toMatch(/^Hello,\n\n[A-Z]/u);
      expect(clientText.be).not.toMatch(/[ищъ]/iu);
      for (const text of Object.values(clientText)) {
        // Whoever has to come back to the client says when.
        expect(findSlots(text).some(({ name }) => name === 'lookAgain')).toBe(needsLookAgain);
      }
    }
  });
});

it('what lies outside is refused politely, with help as far as competence goes', () => {
  const { outOfScope, reasons } = defaultProfile;
  expect(defaultCategories.find(({ id }) => id === outOfScope.category)?.item).toBeNull();
  const reason = reasons.find(({ id }) => id === outOfScope.reason);
  expect(reason).toMatchObject({ outcome: 'refusal', facts: [{ id: 'addressee' }] });
  expect(reason?.clientText.ru).toContain('В рамках своих знаний и компетенций');
});

describe('parseProfile refuses', () => {
  it.each([
    ['nothing', null, ''],
    ['a list', [], ''],
    ['what it does not know', changed((p) => void Object.assign(p, { surprise: 1 })), '/surprise'],
    ['no working day at all', changed((p) => void (p.deadline.days = 0)), '/deadline/days'],
    ['half a day', changed((p) => void (p.deadline.days = 2.5)), '/deadline/days'],
    [
      'reading B as a deadline',
      changed((p) => void Object.assign(p.deadline, { mode: 'B' })),
      '/deadline/mode',
    ],
    ['no time to answer', changed((p) => void (p.closing.afterHours = 0)), '/closing/afterHours'],
    ['a path out of the folder', changed((p) => void (p.categories = '../secret.json')), '/categories'],
    [
      'a letter without words',
      changed((p) => void (reasonOf(p).clientText.be = '')),
      '/reasons/0/clientText/be',
    ],
  ])('as malformed %s', (_what, json, path) => {
    expect(errorOf(json)).toMatchObject({ kind: 'malformed', path });
  });

  it.each<[ProfileError['kind'], string, string, (profile: Profile) => void]>([
    [
      'unknown-answer-kind',
      'a kind that no answer has',
      '/answerKinds/7',
      (p) => p.answerKinds.push({ kind: 'apology', stopsClock: true, armsClosing: false }),
    ],
    [
      'unknown-answer-kind',
      'a name that every object has',
      '/answerKinds/7',
      (p) => p.answerKinds.push({ kind: 'toString', stopsClock: true, armsClosing: false }),
    ],
    ['missing-answer-kind', 'a kind left out', '/answerKinds', (p) => p.answerKinds.splice(2, 1)],
    [
      'duplicate-entry',
      'a kind twice',
      '/answerKinds/7',
      (p) => p.answerKinds.push({ kind: 'solution', stopsClock: false, armsClosing: false }),
    ],
    [
      'arms-without-reaction',
      'notices that close tickets',
      '/answerKinds/6',
      (p) => p.answerKinds.splice(6, 1, { kind: 'notice', stopsClock: false, armsClosing: true }),
    ],
    ['duplicate-entry', 'a reason twice', '/reasons/9', (p) => p.reasons.push({ ...reasonOf(p), item: 10 })],
    ['duplicate-entry', 'an item twice', '/reasons/9', (p) => p.reasons.push({ ...reasonOf(p), id: 'x' })],
    [
      'duplicate-entry',
      'a fact twice',
      '/reasons/0/facts',
      (p) => reasonOf(p).facts.push(...reasonOf(p).facts),
    ],
    [
      'duplicate-entry',
      'a fact with the name of the date',
      '/reasons/0/facts',
      (p) => reasonOf(p).facts.push({ id: 'lookAgain', label: { ru: 'Дата', be: 'Дата', en: 'Date' } }),
    ],
    [
      'look-again-after-refusal',
      'a refusal with a date to look again',
      '/reasons/0',
      (p) => (reasonOf(p).outcome = 'refusal'),
    ],
    [
      'unknown-slot',
      'a letter that names a fact nobody gives',
      '/reasons/0/clientText/be',
      (p) => (reasonOf(p).clientText.be += ' {{reference}}'),
    ],
    [
      'unknown-slot',
      'a date where none is needed',
      '/reasons/0/clientText/ru',
      (p) => (reasonOf(p).needsLookAgain = false),
    ],
    [
      'slots-differ',
      'a letter that leaves a fact out in one language',
      '/reasons/0/clientText/en',
      (p) => (reasonOf(p).clientText.en = 'Hello, we look again on {{lookAgain}}.'),
    ],
    [
      'unknown-reason',
      'a refusal for a reason that is not listed',
      '/outOfScope/reason',
      (p) => (p.outOfScope.reason = 'too-hard'),
    ],
    [
      'unknown-category',
      'a kind of work that is not listed',
      '/outOfScope/category',
      (p) => (p.outOfScope.category = 'gardening'),
    ],
  ])('as %s: %s', (kind, _what, path, change) => {
    expect(errorOf(changed(change))).toMatchObject({ kind, path });
  });
});

it('another service may have fewer reasons', () => {
  expect(
    errorOf(
      changed((p) => {
        p.reasons = p.reasons.filter(({ id }) => id === p.outOfScope.reason);
      }),
    ),
  ).toBeNull();
});

function reasonOf(profile: Profile): Profile['reasons'][number] {
  const [first] = profile.reasons;
  if (first === undefined) throw new Error('The profile has no reason.');
  return first;
}
