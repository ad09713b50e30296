import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { languageNames, languages, parseLanguage } from '../language/languages.ts';
import { usePreferences } from '../state/use-preferences.ts';

/** Changes the desk's language at once; the choice stays with this computer. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  const { value, change } = usePreferences();
  return (
    <NativeSelect
      aria-label={t('app.language')}
      value={value.language}
      data={languages.map((language) => ({ value: language, label: languageNames[language] }))}
      onChange={(event) => {
        const chosen = parseLanguage(event.currentTarget.value);
        if (chosen !== null) void change({ language: chosen });
      }}
    />
  );
}
