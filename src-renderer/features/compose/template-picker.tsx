import { Modal, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template } from '#shared/protocol/template.ts';
import type { Language } from '#shared/text/language.ts';
import { fillSlots, type SlotName } from '#shared/text/slots.ts';
import { languageNames, languages } from '../../language/languages.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePicking } from '../../ui/use-picking.ts';
import { findTemplates } from './find-templates.ts';

type Values = Readonly<Record<SlotName, string>>;

/** Chooses a template, with its text as it will stand in the letter beside it; Enter takes the marked one. */
export function TemplatePicker({
  opened,
  values,
  ownLanguage,
  onPick,
  onClose,
}: {
  readonly opened: boolean;
  readonly values: Values;
  /** Of the letter. */
  readonly ownLanguage: Language;
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
      {opened && <TemplateSearch values={values} ownLanguage={ownLanguage} onPick={onPick} />}
    </Modal>
  );
}

function TemplateSearch({
  values,
  ownLanguage,
  onPick,
}: {
  readonly values: Values;
  readonly ownLanguage: Language;
  readonly onPick: (template: Template) => void;
}) {
  const { t } = useTranslation();
  const { templates } = useDesk();
  const [language, setLanguage] = useState<Language>(() => bestLanguage(templates, ownLanguage));
  const [text, setText] = useState('');
  const found = findTemplates(
    templates.filter((template) => template.language === language),
    text,
  );
  const picking = usePicking(found, onPick);
  const { chosen } = picking;
  return (
    <>
      <div className="template-search">
        <TextInput
          label={t('compose.template.search')}
          value={text}
          data-autofocus
          {...picking.field}
          onChange={(event) => {
            setText(event.currentTarget.value);
            picking.restart();
          }}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('compose.template.language')}
          value={language}
          data={languages.map((each) => ({ value: each, label: languageNames[each] }))}
          onChange={(value) => {
            setLanguage(value);
            picking.restart();
          }}
        />
      </div>
      <div className="template-choice">
        {found.length === 0 ? (
          <p className="quiet">{t('compose.template.none')}</p>
        ) : (
          <div {...picking.list} className="article-results" aria-label={t('compose.template.results')}>
            {found.map((template) => (
              <div key={template.id} {...picking.option(template)}>
                <span>{template.title}</span>
                {template.shortcut !== '' && <span className="quiet">::{template.shortcut}</span>}
              </div>
            ))}
          </div>
        )}
        {chosen !== undefined && (
          <div className="template-preview" role="region" aria-label={t('compose.template.preview')}>
            {fillSlots(chosen.text, values)}
          </div>
        )}
      </div>
      <p className="quiet">{t('compose.template.hint')}</p>
    </>
  );
}

/** The letter's own, or the first that has templates at all. */
function bestLanguage(templates: readonly Template[], own: Language): Language {
  const has = (language: Language) => templates.some((template) => template.language === language);
  return has(own) ? own : (languages.find(has) ?? own);
}
