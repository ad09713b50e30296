import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Language } from '#shared/text/language.ts';
import { languageNames, languages } from '../../language/languages.ts';

/** In which language a letter is written: templates come in it, and what a form began it with is said in it. */
export function LetterLanguage({
  value,
  readOnly,
  onChange,
}: {
  readonly value: Language;
  readonly readOnly: boolean;
  readonly onChange: (language: Language) => void;
}) {
  const { t } = useTranslation();
  return (
    <Select
      aria-label={t('compose.language')}
      title={t('compose.language')}
      className="letter-language"
      size="xs"
      w={130}
      readOnly={readOnly}
      data={languages.map((each) => ({ value: each, label: languageNames[each] }))}
      value={value}
      allowDeselect={false}
      onChange={(chosen) => {
        const language = languages.find((each) => each === chosen);
        if (language !== undefined) onChange(language);
      }}
    />
  );
}
