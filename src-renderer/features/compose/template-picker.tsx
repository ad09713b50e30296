import { Modal, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template } from '#shared/protocol/template.ts';
import type { Language } from '#shared/text/language.ts';
import { fillSlots, type SlotName } from '#shared/text/slots.ts';
import { languageNames, languages, parseLanguage } from '../../language/languages.ts';
import { useDesk } from '../../state/desk-context.ts';
import { findTemplates } from './find-templates.ts';

type Values = Readonly<Record<SlotName, string>>;

/** Chooses a template, with its text as it will stand in the letter beside it; Enter takes the marked one. */
export function TemplatePicker({
  opened,
  values,
  onPick,
  onClose,
}: {
  readonly opened: boolean;
  readonly values: Values;
  readonly onPick: (template: Template) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      returnFocus={false}
      onClose={onClose}
      size="xl"
      title={t('compose.template.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {opened && <TemplateSearch values={values} onPick={onPick} />}
    </Modal>
  );
}

function TemplateSearch({
  values,
  onPick,
}: {
  readonly values: Values;
  readonly onPick: (template: Template) => void;
}) {
  const { t, i18n } = useTranslation();
  const { templates } = useDesk();
  const [language, setLanguage] = useState<Language>(() => bestLanguage(templates, i18n.language));
  const [text, setText] = useState('');
  const [marked, setMarked] = useState(0);
  const found = findTemplates(
    templates.filter((template) => template.language === language),
    text,
  );
  const chosen = found[Math.min(marked, found.length - 1)];
  return (
    <>
      <div className="template-search">
        <TextInput
          label={t('compose.template.search')}
          value={text}
          data-autofocus
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls="template-results"
          aria-activedescendant={chosen === undefined ? undefined : `template-${chosen.id}`}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setMarked(0);
          }}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') setMarked(Math.min(marked + 1, found.length - 1));
            else if (event.key === 'ArrowUp') setMarked(Math.max(marked - 1, 0));
            else if (event.key === 'Enter' && chosen !== undefined) onPick(chosen);
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('compose.template.language')}
          value={language}
          data={languages.map((each) => ({ value: each, label: languageNames[each] }))}
          onChange={(value) => {
            setLanguage(value);
            setMarked(0);
          }}
        />
      </div>
      <div className="template-choice">
        {found.length === 0 ? (
          <p className="quiet">{t('compose.template.none')}</p>
        ) : (
          <div
            id="template-results"
            className="article-results"
            role="listbox"
            tabIndex={-1}
            aria-label={t('compose.template.results')}
            onClick={(event) => {
              const option =
                event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
              const picked = option === null ? undefined : found[Number(option.dataset['index'])];
              if (picked !== undefined) onPick(picked);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && chosen !== undefined) onPick(chosen);
            }}
          >
            {found.map((template, index) => (
              <div
                key={template.id}
                id={`template-${template.id}`}
                role="option"
                aria-selected={template === chosen}
                data-index={index}
                tabIndex={-1}
              >
                <span>{template.title}</span>
                {template.shortcut !== '' && <span className="quiet">::{template.shortcut}</span>}
              </div>
            ))}
          </div>
        )}
        <div className="template-preview" role="region" aria-label={t('compose.template.preview')}>
          {chosen === undefined ? t('compose.template.none') : fillSlots(chosen.text, values)}
        </div>
      </div>
      <p className="quiet">{t('compose.template.hint')}</p>
    </>
  );
}

/** The desk's own, or the first that has templates at all. */
function bestLanguage(templates: readonly Template[], own: string): Language {
  const has = (language: Language) => templates.some((template) => template.language === language);
  const mine = parseLanguage(own) ?? 'ru';
  return has(mine) ? mine : (languages.find(has) ?? mine);
}
