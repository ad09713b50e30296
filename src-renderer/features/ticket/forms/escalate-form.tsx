import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { FormButtons } from './form-buttons.tsx';

/** Hands a ticket to the developers under the name they gave it, or takes it back. */
export function EscalateForm({
  ticket,
  onEscalate,
  onCancel,
}: {
  readonly ticket: Ticket;
  /** Null takes it back. */
  readonly onEscalate: (reference: string | null) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const [reference, setReference] = useState(ticket.escalation?.reference ?? '');
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        onEscalate(reference.trim());
      }}
    >
      <p className="quiet form-about">{t('escalation.about')}</p>
      <TextInput
        label={t('escalation.reference')}
        description={t('escalation.referenceAbout')}
        value={reference}
        maxLength={200}
        data-autofocus
        onChange={(event) => setReference(event.currentTarget.value)}
      />
      <FormButtons
        submit={ticket.escalation === null ? t('escalation.set') : t('app.save')}
        onCancel={onCancel}
      >
        {ticket.escalation !== null && (
          <Button variant="default" onClick={() => onEscalate(null)}>
            {t('escalation.clear')}
          </Button>
        )}
      </FormButtons>
    </form>
  );
}
