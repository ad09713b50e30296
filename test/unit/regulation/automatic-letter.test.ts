import { describe, expect, it, test } from 'vitest';
import { automaticLetterSlots, languageForSubject } from '#shared/regulation/automatic-letter.ts';
import { defaultCategories } from '#shared/regulation/category.ts';
import { defaultProfile } from '#shared/regulation/default-profile.ts';
import { parseProfile } from '#shared/regulation/parse-profile.ts';
import type { Profile } from '#shared/regulation/profile.ts';
import { findSlots } from '#shared/text/slots.ts';

describe('automatic letters of a profile', () => {
  const parse = (change: (profile: Profile) => void) => {
    const profile = structuredClone(defaultProfile);
    change(profile);
    return parseProfile(profile, defaultCategories);
  };
  const receiptOf = ({ automaticLetters }: Profile): Profile['automaticLetters'][number] => {
    const [receipt] = automaticLetters;
    if (receipt === undefined) throw new Error('there is no automatic letter');
    return receipt;
  };

  it('ships switched off, with everything that a client is to know in each language', () => {
    const { enabled, text } = receiptOf(defaultProfile);
    expect(enabled).toBe(false);
    for (const words of Object.values(text)) {
      expect(findSlots(words).map(({ name }) => name)).toEqual(
        expect.arrayContaining([...automaticLetterSlots]),
      );
    }
    expect(text.be).not.toMatch(/[ищъ]/iu);
  });

  it('is refused with a slot that nothing fills', () => {
    const parsed = parse((profile) => {
      receiptOf(profile).text.be += ' {{client}}';
    });
    expect(parsed).toMatchObject({
      ok: false,
      error: { kind: 'unknown-slot', path: '/automaticLetters/0/text/be' },
    });
  });

  it('is refused where one language tells the client less', () => {
    const parsed = parse((profile) => {
      receiptOf(profile).text.en = 'We have got it.';
    });
    expect(parsed).toMatchObject({
      ok: false,
      error: { kind: 'slots-differ', path: '/automaticLetters/0/text/en' },
    });
  });

  it('is refused when it is listed twice, or is of a kind that the desk does not know', () => {
    expect(parse((profile) => profile.automaticLetters.push(receiptOf(profile)))).toMatchObject({
      ok: false,
      error: { kind: 'duplicate-entry', path: '/automaticLetters/1' },
    });
    expect(parse((profile) => Object.assign(receiptOf(profile), { id: 'greeting' }))).toMatchObject({
      ok: false,
      error: { kind: 'malformed' },
    });
  });

  it('may be missing', () => {
    expect(
      parse((profile) => {
        profile.automaticLetters = [];
      }).ok,
    ).toBe(true);
  });
});

test.each([
  ['Не открывается журнал', 'ru'],
  ['Не адкрываецца журнал, дапамажыце калі ласка', 'be'],
  ['Нешта не працуе', 'ru'],
  ['Праблема з уліковым запісам', 'be'],
  ['ўсё и сразу', 'ru'],
  ['Cannot open the mailbox', 'en'],
  ['VPN', 'ru'],
  ['schools.by', 'ru'],
  ['', 'ru'],
])('a client whose subject is %j is written to in %s', (subject, language) => {
  expect(languageForSubject(subject)).toBe(language);
});
