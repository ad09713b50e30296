import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template } from '#shared/protocol/template.ts';
import type { Language } from '#shared/text/language.ts';
import { roleAllows } from '#shared/ticket/author.ts';
import { languageNames, languages, parseLanguage } from '../../language/languages.ts';
import { errorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { usePreferences } from '../../state/use-preferences.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { TemplateDetail } from './template-detail.tsx';
import { TemplateForm } from './template-form.tsx';

type Doing =
  | { readonly what: 'reading'; readonly id: string | null }
  | { readonly what: 'adding' }
  | { readonly what: 'changing' | 'removing'; readonly template: Template };

/** What the service says often: everybody reads the templates, senior agents write them. */
export function TemplatesPage() {
  const { t, i18n } = useTranslation();
  const { bridge, session, templates } = useDesk();
  const { value: preferences } = usePreferences();
  const tell = usePanels((panels) => panels.tell);
  const [language, setLanguage] = useState<Language>(preferences.language);
  const [wanted, setWanted] = useState('');
  const [doing, setDoing] = useState<Doing>({ what: 'reading', id: null });
  const mayEdit = roleAllows(session.agent.role, 'senior');
  const collator = new Intl.Collator(i18n.language);
  const words = wanted.toLowerCase().split(/\s+/u).filter(Boolean);
  const found = templates
    .filter((template) => {
      const text = `${template.title} ::${template.shortcut} ${template.text}`.toLowerCase();
      return template.language === language && words.every((word) => text.includes(word));
    })
    .toSorted((a, b) => collator.compare(a.title, b.title));
  const read = (id: string | null = null) => setDoing({ what: 'reading', id });
  const remove = async ({ id }: Template) => {
    const removed = await bridge.call('templates.remove', { id });
    tell(
      removed.ok
        ? { tone: 'success', key: 'templates.removed' }
        : { tone: 'problem', key: errorKey(removed.error) },
    );
  };
  const shown =
    doing.what === 'reading'
      ? (found.find(({ id }) => id === doing.id) ?? found[0] ?? null)
      : doing.what === 'adding'
        ? null
        : doing.template;

  return (
    <section className="page templates-page" aria-label={t('nav.templates')}>
      <div className="page-head">
        <PageTitle>{t('nav.templates')}</PageTitle>
        {mayEdit && (
          <Button leftSection={<Icon name="plus" />} onClick={() => setDoing({ what: 'adding' })}>
            {t('templates.add')}
          </Button>
        )}
      </div>
      <div className="page-find">
        <TextInput
          type="search"
          aria-label={t('templates.find')}
          placeholder={t('templates.find')}
          leftSection={<Icon name="search" />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label={t('templates.language')}
          value={language}
          data={languages.map((each) => ({
            value: each,
            label: `${languageNames[each]} ${templates.filter((template) => template.language === each).length}`,
          }))}
          onChange={(value) => setLanguage(parseLanguage(value) ?? language)}
        />
      </div>
      <div className="templates-columns">
        <nav aria-label={t('templates.list')}>
          {found.length === 0 && (
            <p className="quiet">
              {t(
                words.length > 0
                  ? 'templates.none'
                  : mayEdit
                    ? 'templates.emptySenior'
                    : 'templates.emptyAgent',
              )}
            </p>
          )}
          <ul className="template-list">
            {found.map((template) => (
              <li key={template.id}>
                <button
                  type="button"
                  aria-current={template.id === shown?.id ? 'true' : undefined}
                  onClick={() => read(template.id)}
                >
                  <span className="template-title">{template.title}</span>
                  {template.shortcut !== '' && (
                    <code className="template-shortcut">{`::${template.shortcut}`}</code>
                  )}
                  <span className="template-text">{template.text.slice(0, 120)}</span>
                </button>
              </li>
            ))}
          </ul>
        </nav>
        <div className="template-side">
          {(doing.what === 'adding' || doing.what === 'changing') && (
            <TemplateForm
              key={doing.what === 'adding' ? `new ${language}` : doing.template.id}
              template={doing.what === 'adding' ? null : doing.template}
              language={language}
              onDone={() => read(shown?.id)}
            />
          )}
          {(doing.what === 'reading' || doing.what === 'removing') && shown !== null && (
            <TemplateDetail
              template={shown}
              mayEdit={mayEdit}
              onChange={() => setDoing({ what: 'changing', template: shown })}
              onRemove={() => setDoing({ what: 'removing', template: shown })}
            />
          )}
        </div>
      </div>
      <ConfirmDialog
        opened={doing.what === 'removing'}
        title={t('templates.removeTitle')}
        question={doing.what === 'removing' ? t('templates.removeAsk', { title: doing.template.title }) : ''}
        confirm={t('templates.removeDo')}
        onConfirm={() => {
          if (doing.what === 'removing') void remove(doing.template);
        }}
        onClose={() => read()}
      />
    </section>
  );
}
