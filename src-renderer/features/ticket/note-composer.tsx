import { Button, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketId } from '#shared/ids.ts';
import { useNoteTexts } from '../../state/note-texts.ts';
import { useOperations } from '../../state/use-operations.ts';
import { Icon } from '../../ui/icon.tsx';

/**
 * Where a note is written. Ctrl+Enter saves it, Escape folds it away; what was written stays until it is saved, also
 * while another ticket is on screen.
 */
export function NoteComposer({
  ticketId,
  takesKeyboard,
  onClose,
}: {
  readonly ticketId: TicketId;
  readonly takesKeyboard: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { addNote } = useOperations();
  const { texts, write } = useNoteTexts();
  const [saving, setSaving] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (takesKeyboard) field.current?.focus();
  }, [takesKeyboard]);
  const text = texts.get(ticketId) ?? '';
  const blank = text.trim() === '';

  const save = async () => {
    if (blank || saving) return;
    setSaving(true);
    const kept = await addNote(ticketId, text.trim());
    setSaving(false);
    if (!kept) return;
    write(ticketId, '');
    onClose();
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
        spellCheck
        onChange={(event) => write(ticketId, event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.ctrlKey) void save();
          else if (event.key === 'Escape') onClose();
          else return;
          event.preventDefault();
        }}
      />
      <div className="note-actions">
        <Button type="submit" loading={saving} disabled={blank}>
          {t('note.save')}
        </Button>
        <span className="note-private">
          <Icon name="hidden" size={14} /> {t('note.private')}
        </span>
        <span className="quiet note-hint">{t('note.hint')}</span>
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
