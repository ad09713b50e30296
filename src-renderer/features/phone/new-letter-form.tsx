import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../state/desk-context.ts';
import { newDraftId } from '../../state/new-id.ts';
import { usePanels } from '../../state/panels.ts';
import { useOperations } from '../../state/use-operations.ts';
import { Problem } from '../../ui/problem.tsx';
import { signatureOf } from '../compose/signature-of.ts';
import { startLetter } from '../compose/start-draft.ts';
import { FormButtons } from '../ticket/forms/form-buttons.tsx';
import { isAddress } from './is-address.ts';

/** To whom an agent writes first, and about what; the letter itself is written in the composer of the new ticket, which is made when the letter is sent. */
export function NewLetterForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { createTicket } = useOperations();
  const { session, settings, agents } = useDesk();
  const composeDraft = usePanels((panels) => panels.composeDraft);
  const [address, setAddress] = useState('');
  const [name, setName] = useState('');
  const [subject, setSubject] = useState('');
  const [problem, setProblem] = useState<'phone.letter.addressNeeded' | 'phone.letter.subjectNeeded' | null>(
    null,
  );
  const [saving, setSaving] = useState(false);

  const start = async () => {
    if (!isAddress(address)) return setProblem('phone.letter.addressNeeded');
    if (subject.trim() === '') return setProblem('phone.letter.subjectNeeded');
    const client = { name: name.trim(), address: address.trim(), phone: '' };
    const signature = signatureOf(agents.get(session.agent.id) ?? session.agent, settings);
    setSaving(true);
    const ticketId = await createTicket({
      channel: 'mail',
      subject: subject.trim(),
      client,
      note: '',
      category: null,
      closing: null,
      letter: (ticket, now) => startLetter({ id: newDraftId(), ticket, version: 0, now, signature }),
    });
    setSaving(false);
    if (ticketId === null) return undefined;
    onClose();
    return composeDraft(ticketId);
  };
  return (
    <form
      className="form"
      aria-label={t('phone.letter.title')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // A second Enter while the first is written to disk would be a second ticket.
        if (!saving) void start();
      }}
      onChange={() => setProblem(null)}
    >
      <p className="quiet form-about">{t('phone.letter.about')}</p>
      <TextInput
        label={t('phone.letter.address')}
        inputMode="email"
        value={address}
        maxLength={320}
        required
        data-autofocus
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <TextInput
        label={t('phone.letter.name')}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t('phone.letter.subject')}
        value={subject}
        maxLength={500}
        required
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
      {problem !== null && <Problem>{t(problem)}</Problem>}
      <FormButtons submit={t('phone.letter.start')} disabled={saving} onCancel={onClose} />
    </form>
  );
}
