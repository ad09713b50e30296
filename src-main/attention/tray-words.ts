import { createInstance } from 'i18next';
import be from '#resources/locales/be/tray.json' with { type: 'json' };
import en from '#resources/locales/en/tray.json' with { type: 'json' };
import ru from '#resources/locales/ru/tray.json' with { type: 'json' };
import type { Language } from '#shared/text/language.ts';

/** The words of a key, with values put in and the plural form that `count` asks for. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

const words = createInstance({
  resources: { ru: { desk: { tray: ru } }, be: { desk: { tray: be } }, en: { desk: { tray: en } } },
  ns: ['desk'],
  defaultNS: 'desk',
  fallbackLng: 'ru',
  // The words are here already: nothing has to be waited for.
  initAsync: false,
  // Menus and notifications show text as it is.
  interpolation: { escapeValue: false },
});
void words.init();

/** What tray and notifications say, in a language. */
export function sayIn(language: Language): Say {
  return (key, values = {}) => words.t(key, { ...values, lng: language });
}
