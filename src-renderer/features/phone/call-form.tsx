import { Button, Checkbox, Group, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketId } from '#shared/ids.ts';
import { languageOf } from '../../language/words.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { Problem } from '../../ui/problem.tsx';
import { isAddress } from './is-address.ts';
import { KnownTickets } from './known-tickets.tsx';
import { emptyCall, type Call } from './call.ts';
import { useWriteDownCall } from './use-write-down-call.ts';

type CallProblem = 'phone.subjectNeeded' | 'phone.saidNeeded' | 'phone.badAddress';

/**
 * Where a call is written down while the client speaks.
 *
 * It becomes a ticket of its own, or a note of an open ticket of the same client: clients who got no answer in time
 * phone (regulation §6).
 */
export function CallForm({
  onClose,
  onLeave,
}: {
  readonly onClose: () => void;
  /** Called instead of `onClose` when another ticket opens, which takes the keyboard. */
  readonly onLeave: () => void;
}) {
  const { t, i18n } = useTranslation();
  const language = languageOf(i18n);
  const { rules } = useDesk();
  const openTicket = usePanels((panels) => panels.openTicket);
  const { create, addTo } = useWriteDownCall();
  const [call, setCall] = useState<Call>(emptyCall);
  const [problem, setProblem] = useState<CallProblem | null>(null);
  const [saving, setSaving] = useState(false);
  const change = (part: Partial<Call>) => {
    setCall((before) => ({ ...before, ...part }));
    setProblem(null);
  };
  const keep = async (work: () => Promise<TicketId | null>) => {
    setSaving(true);
    const ticketId = await work();
    setSaving(false);
    if (ticketId === null) return;
    if (usePanels.getState().ticketId === ticketId) onClose();
    else onLeave();
    openTicket(ticketId);
  };
  const save = () => {
    if (call.subject.trim() === '') return setProblem('phone.subjectNeeded');
    if (call.address.trim() !== '' && !isAddress(call.address)) return setProblem('phone.badAddress');
    return void keep(() => create(call));
  };
  const add = (ticketId: TicketId) => {
    if (call.said.trim() === '' && call.subject.trim() === '') return setProblem('phone.saidNeeded');
    return void keep(() => addTo(ticketId, call));
  };
  return (
    <form
      className="form call"
      aria-label={t('phone.title')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!saving) save();
      }}
    >
      <div className="call-client">
        <TextInput
          label={t('phone.phone')}
          type="tel"
          value={call.phone}
          maxLength={40}
          data-autofocus
          onChange={(event) => change({ phone: event.currentTarget.value })}
        />
        <TextInput
          label={t('phone.name')}
          value={call.name}
          maxLength={200}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('phone.address')}
          type="text"
          inputMode="email"
          value={call.address}
          maxLength={320}
          onChange={(event) => change({ address: event.currentTarget.value })}
        />
      </div>
      <KnownTickets call={call} disabled={saving} onAdd={add} />
      <TextInput
        label={t('phone.subject')}
        value={call.subject}
        maxLength={500}
        required
        onChange={(event) => change({ subject: event.currentTarget.value })}
      />
      <Textarea
        label={t('phone.said')}
        description={t('phone.saidAbout')}
        value={call.said}
        // Beside who called and what about it is one note.
        maxLength={18_000}
        autosize
        minRows={3}
        maxRows={9}
        onChange={(event) => change({ said: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !event.ctrlKey || saving) return;
          event.preventDefault();
          save();
        }}
      />
      <Select
        label={t('phone.category')}
        placeholder={t('category.none')}
        value={call.category}
        data={rules.current.categories.map(({ id, title }) => ({ value: id, label: title[language] }))}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('app.clear') }}
        nothingFoundMessage={t('category.nothing')}
        onChange={(category) => change({ category })}
      />
      <Checkbox
        size="sm"
        checked={call.solved}
        label={t('phone.solved')}
        description={t('phone.solvedAbout')}
        onChange={(event) => change({ solved: event.currentTarget.checked })}
      />
      {problem !== null && <Problem>{t(problem)}</Problem>}
      <Group justify="flex-end" mt="xs">
        <Button variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" loading={saving}>
          {t('phone.create')}
        </Button>
      </Group>
    </form>
  );
}
