import { Input, SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { languageNames, languages, parseLanguage } from '../../language/languages.ts';
import { usePreferences } from '../../state/use-preferences.ts';

const colorSchemes = ['auto', 'light', 'dark'] as const;
const contrasts = ['auto', 'normal', 'high'] as const;

/** Language and looks; every choice shows at once. */
export function AppearanceFields() {
  const { t } = useTranslation();
  const { value, change } = usePreferences();
  return (
    <>
      <Choice
        label={t('app.language')}
        value={value.language}
        data={languages.map((language) => ({ value: language, label: languageNames[language] }))}
        onChange={(chosen) => void change({ language: parseLanguage(chosen) ?? value.language })}
      />
      <Choice
        label={t('preferences.colorScheme')}
        value={value.colorScheme}
        data={colorSchemes.map((scheme) => ({
          value: scheme,
          label: t(`preferences.colorSchemeOf.${scheme}`),
        }))}
        onChange={(chosen) =>
          void change({ colorScheme: colorSchemes.find((scheme) => scheme === chosen) ?? 'auto' })
        }
      />
      <Choice
        label={t('preferences.contrast')}
        value={value.contrast}
        data={contrasts.map((contrast) => ({
          value: contrast,
          label: t(`preferences.contrastOf.${contrast}`),
        }))}
        onChange={(chosen) =>
          void change({ contrast: contrasts.find((contrast) => contrast === chosen) ?? 'auto' })
        }
      />
    </>
  );
}

/** One of a few, side by side. */
function Choice({
  label,
  value,
  data,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly data: { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div>
      <Input.Label id={id} component="div">
        {label}
      </Input.Label>
      <div>
        <SegmentedControl aria-labelledby={id} value={value} data={data} onChange={onChange} />
      </div>
    </div>
  );
}
