import { Button, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '../../cache/cache-views.ts';
import { Icon } from '../../ui/icon.tsx';
import { Problem } from '../../ui/problem.tsx';
import { useNote } from './use-note.ts';

/**
 * Where a note is written. Ctrl+Enter saves it, Escape folds it away; what was written stays on disk until then.
 */
export function NoteComposer({
  view,
  takesKeyboard,
  onClose,
}: {
  readonly view: TicketView;
  readonly takesKeyboard: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { text, saved, error, change, submit } = useNote(view);
  const [saving, setSaving] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (takesKeyboard) field.current?.focus();
  }, [takesKeyboard]);
  const blank = text.trim() === '';

  const save = async () => {
    if (blank || saving) return;
    setSaving(true);
    const isNote = await submit();
    setSaving(false);
    if (isNote) onClose();
  };
  return (
    <form
      className="note-composer"
      aria-label={t('note.label')}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Textarea
        ref={field}
        aria-label={t('note.label')}
        placeholder={t('note.placeholder')}
        value={text}
        maxLength={20_000}
        autosize
        minRows={2}
        maxRows={8}
        readOnly={saving}
        spellCheck
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.ctrlKey) void save();
          else if (event.key === 'Escape') onClose();
          else return;
          event.preventDefault();
        }}
      />
      {error !== null && (
        <Problem>
          {t('note.notKept')} {t(`error.${error.kind}`)}
        </Problem>
      )}
      <div className="note-actions">
        <Button type="submit" loading={saving} disabled={blank}>
          {t('note.save')}
        </Button>
        <span className="note-private">
          <Icon name="hidden" size={14} /> {t('note.private')}
        </span>
        <output className="quiet note-hint">
          {saved === 'untouched' ? t('note.hint') : error === null && t(`note.${saved}`)}
        </output>
        <button
          type="button"
          className="icon-button"
          aria-label={t('app.close')}
          title={t('app.close')}
          onClick={onClose}
        >
          <Icon name="chevron" />
        </button>
      </div>
    </form>
  );
}
