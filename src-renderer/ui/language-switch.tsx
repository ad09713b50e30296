import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { languageNames, languages, parseLanguage } from '../language/languages.ts';
import { languageOf } from '../language/words.ts';

/** Changes the desk's language at once; the choice stays with this computer. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  return (
    <NativeSelect
      aria-label={t('app.language')}
      value={languageOf(i18n)}
      data={languages.map((language) => ({ value: language, label: languageNames[language] }))}
      onChange={(event) => {
        const chosen = parseLanguage(event.currentTarget.value);
        if (chosen !== null) void i18n.changeLanguage(chosen);
      }}
    />
  );
}
