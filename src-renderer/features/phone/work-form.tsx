import { Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languageOf } from '../../language/words.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { useOperations } from '../../state/use-operations.ts';
import { Problem } from '../../ui/problem.tsx';
import { FormButtons } from '../ticket/forms/form-buttons.tsx';

const nobody = { name: '', address: '', phone: '' };

/** The service's own work (regulation §2: monitoring, updates, the gallery): a ticket without a client. */
export function WorkForm({
  onClose,
  onLeave,
}: {
  readonly onClose: () => void;
  /** Called instead of `onClose` when the ticket opens, which takes the keyboard. */
  readonly onLeave: () => void;
}) {
  const { t, i18n } = useTranslation();
  const language = languageOf(i18n);
  const { rules } = useDesk();
  const { createTicket } = useOperations();
  const openTicket = usePanels((panels) => panels.openTicket);
  const [subject, setSubject] = useState('');
  const [category, setCategory] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [isUnnamed, setIsUnnamed] = useState(false);
  const [saving, setSaving] = useState(false);

  const create = async () => {
    if (subject.trim() === '') return setIsUnnamed(true);
    setSaving(true);
    const ticketId = await createTicket({
      channel: 'internal',
      subject: subject.trim(),
      client: nobody,
      note,
      category,
      closing: null,
      letter: null,
    });
    setSaving(false);
    if (ticketId === null) return undefined;
    onLeave();
    return openTicket(ticketId);
  };
  return (
    <form
      className="form"
      aria-label={t('phone.work.title')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // A second Enter while the first is written to disk would be a second ticket.
        if (!saving) void create();
      }}
    >
      <p className="quiet form-about">{t('phone.work.about')}</p>
      <TextInput
        label={t('phone.work.subject')}
        value={subject}
        maxLength={500}
        required
        data-autofocus
        onChange={(event) => {
          setSubject(event.currentTarget.value);
          setIsUnnamed(false);
        }}
      />
      <Select
        label={t('phone.category')}
        placeholder={t('category.none')}
        value={category}
        data={rules.current.categories.map(({ id, title }) => ({ value: id, label: title[language] }))}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('app.clear') }}
        nothingFoundMessage={t('category.nothing')}
        onChange={setCategory}
      />
      <Textarea
        label={t('phone.work.note')}
        value={note}
        maxLength={20_000}
        autosize
        minRows={2}
        maxRows={8}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {isUnnamed && <Problem>{t('phone.work.subjectNeeded')}</Problem>}
      <FormButtons submit={t('phone.work.create')} disabled={saving} onCancel={onClose} />
    </form>
  );
}
