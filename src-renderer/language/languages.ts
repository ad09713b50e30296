import type { Language } from '#shared/text/language.ts';

/** The desk's languages in the order in which they are offered; the first is the default. */
export const languages: readonly Language[] = ['ru', 'be', 'en'];

/** Each language in its own words, so that whoever cannot read the present one finds theirs. */
export const languageNames: Readonly<Record<Language, string>> = {
  ru: 'Русский',
  be: 'Беларуская',
  en: 'English',
};

/** Reads a language tag such as `be` or `be-BY`; null where the desk does not speak it. */
export function parseLanguage(tag: string | null | undefined): Language | null {
  const base = tag?.toLowerCase().split(/[-_]/u, 1)[0];
  return languages.find((language) => language === base) ?? null;
}
