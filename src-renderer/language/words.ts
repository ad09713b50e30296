import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '#shared/text/language.ts';
import { belarusian } from './belarusian.ts';
import { english } from './english.ts';
import { languages, parseLanguage } from './languages.ts';
import { russian } from './russian.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'desk';
    resources: { desk: typeof russian };
    strictInterpolationChecks: false;
  }
}

/**
 * The desk's words in three languages.
 *
 * React escapes what it shows, so that values go in as they are.
 */
export async function loadWords(language: Language): Promise<i18n> {
  const words = createInstance();
  await words.use(initReactI18next).init({
    resources: { ru: { desk: russian }, be: { desk: belarusian }, en: { desk: english } },
    ns: ['desk'],
    defaultNS: 'desk',
    lng: language,
    fallbackLng: 'ru',
    supportedLngs: [...languages],
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  words.on('languageChanged', (tag) => {
    document.documentElement.lang = tag;
  });
  document.documentElement.lang = words.language;
  return words;
}

/** The language in use, for what is not in the locale files: dates, holidays. */
export function languageOf(words: Pick<i18n, 'language'>): Language {
  return parseLanguage(words.language) ?? 'ru';
}
