import { Select, Textarea, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Equal as isEqual } from 'typebox/value';
import { ANSWER_KINDS } from '#shared/regulation/answer-kind.ts';
import type { Template } from '#shared/protocol/template.ts';
import type { Language } from '#shared/text/language.ts';
import { slotNames } from '#shared/text/slots.ts';
import { languageNames, languages } from '../../language/languages.ts';
import { errorKey, type ErrorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { newTemplateId } from '../../state/new-id.ts';
import { usePanels } from '../../state/panels.ts';
import { ChangedMeanwhile } from '../../ui/changed-meanwhile.tsx';
import { SaveButtons } from '../../ui/save-buttons.tsx';
import { Problem, Warning } from '../../ui/problem.tsx';
import { showErrors } from '../../ui/show-errors.ts';
import { useFirstField } from '../../ui/use-first-field.ts';
import { SlotButtons } from './slot-buttons.tsx';
import {
  draftOfTemplate,
  sameShortcut,
  templateOfDraft,
  type TemplateDraft,
  type TemplateProblems,
} from './template-draft.ts';
import { TemplatePreview } from './template-preview.tsx';

/** Writes a new template, or changes one. */
export function TemplateForm({
  template,
  language,
  onDone,
}: {
  readonly template: Template | null;
  /** Of a new one. */
  readonly language: Language;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const { bridge, templates } = useDesk();
  const tell = usePanels((panels) => panels.tell);
  const form = useRef<HTMLFormElement>(null);
  const textArea = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState<TemplateDraft>(() => draftOfTemplate(template, language));
  const [wrong, setWrong] = useState<TemplateProblems>({});
  const [problem, setProblem] = useState<ErrorKey | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<TemplateDraft>) => setDraft({ ...draft, ...part });
  useFirstField(form);
  const other = sameShortcut(draft, templates, template?.id ?? null);
  // Somebody else saved or removed it while this form was open.
  const fresh = template === null ? null : (templates.find(({ id }) => id === template.id) ?? null);
  const changedMeanwhile = template !== null && !isEqual(fresh, template);

  const insert = (slot: string) => {
    const area = textArea.current;
    if (area === null) return;
    area.focus();
    area.setRangeText(slot, area.selectionStart, area.selectionEnd, 'end');
    change({ text: area.value });
  };
  const save = async () => {
    const found = templateOfDraft(draft);
    setProblem(null);
    showErrors(form.current, () => setWrong(found.ok ? {} : found.error));
    if (!found.ok) return undefined;
    setBusy(true);
    const kept = await bridge.call('templates.put', {
      id: template?.id ?? newTemplateId(),
      template: found.value,
    });
    setBusy(false);
    if (!kept.ok) return setProblem(errorKey(kept.error));
    tell({ tone: 'success', key: 'templates.saved' });
    return onDone();
  };
  const sample = `{{?${t('templates.slot.sampleQuestion')}}}`;
  const textError =
    wrong.text === undefined
      ? false
      : wrong.text.key === 'templates.wrong.slots'
        ? t(wrong.text.key, {
            slots: wrong.text.slots.join(', '),
            known: slotNames.map((name) => `{{${name}}}`).join(', '),
            sample,
          })
        : t(wrong.text.key, { sample });

  return (
    <form
      ref={form}
      noValidate
      className="form"
      aria-label={template === null ? t('templates.add') : t('templates.edit', { title: template.title })}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {changedMeanwhile && (
        <ChangedMeanwhile
          words={t(fresh === null ? 'templates.removedMeanwhile' : 'templates.changedMeanwhile')}
          onTakeTheirs={fresh && (() => setDraft(draftOfTemplate(fresh, language)))}
        />
      )}
      <TextInput
        label={t('templates.title')}
        value={draft.title}
        error={wrong.title !== undefined && t(wrong.title)}
        maxLength={200}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <div className="form-row form-row-top">
        <TextInput
          label={t('templates.shortcut')}
          description={t('templates.shortcutHint')}
          value={draft.shortcut}
          error={wrong.shortcut !== undefined && t(wrong.shortcut)}
          maxLength={40}
          className="grow"
          leftSection={<span aria-hidden="true">{'::'}</span>}
          onChange={(event) => change({ shortcut: event.currentTarget.value })}
        />
        <Select
          label={t('templates.language')}
          description={t('templates.languageHint')}
          data={languages.map((each) => ({ value: each, label: languageNames[each] }))}
          value={draft.language}
          allowDeselect={false}
          className="grow"
          onChange={(value) => {
            const chosen = languages.find((each) => each === value);
            if (chosen !== undefined) change({ language: chosen });
          }}
        />
        <Select
          label={t('templates.answerKind')}
          description={t('templates.answerKindHint')}
          placeholder={t('templates.anyKind')}
          data={ANSWER_KINDS.map((kind) => ({ value: kind, label: t(`answerKind.${kind}`) }))}
          value={draft.answerKind}
          clearable
          clearButtonProps={{ 'aria-label': t('app.clear') }}
          className="grow"
          onChange={(value) => change({ answerKind: ANSWER_KINDS.find((kind) => kind === value) ?? null })}
        />
      </div>
      {other !== null && <Warning>{t('templates.sameShortcut', { title: other.title })}</Warning>}
      <div>
        <Textarea
          ref={textArea}
          label={t('templates.text')}
          description={t('templates.textHint')}
          value={draft.text}
          error={textError}
          maxLength={20_000}
          autosize
          minRows={6}
          maxRows={16}
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
        <SlotButtons onInsert={insert} />
      </div>
      <section aria-label={t('templates.preview')}>
        <p className="quiet template-preview-head">{t('templates.preview')}</p>
        <TemplatePreview text={draft.text} />
      </section>
      {problem !== null && <Problem>{t(problem)}</Problem>}
      <SaveButtons busy={busy} onCancel={onDone} />
    </form>
  );
}
