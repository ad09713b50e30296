import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketId } from '#shared/ids.ts';
import { Overtaken } from './overtaken.tsx';
import { FormButtons } from './form-buttons.tsx';

/** Asks why a ticket goes out of turn; the reason stays with it. */
export function CriticalForm({
  ticketId,
  onSet,
  onCancel,
}: {
  readonly ticketId: TicketId;
  readonly onSet: (reason: string) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const blank = reason.trim() === '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!blank) onSet(reason.trim());
      }}
    >
      <Textarea
        label={t('critical.reason')}
        description={t('critical.rule')}
        value={reason}
        maxLength={2000}
        autosize
        minRows={3}
        data-autofocus
        required
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Overtaken ticketId={ticketId} />
      <FormButtons submit={t('critical.set')} tone="bad" disabled={blank} onCancel={onCancel} />
    </form>
  );
}
