import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { displayAddress } from '#shared/mail/addresses.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { FormButtons } from './form-buttons.tsx';

/** A client's name and telephone; the address only to be read. */
export function ClientForm({
  client,
  onSave,
  onCancel,
}: {
  readonly client: Ticket['client'];
  readonly onSave: (client: { readonly name: string; readonly phone: string }) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState(client.name);
  const [phone, setPhone] = useState(client.phone);
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ name: name.trim(), phone: phone.trim() });
      }}
    >
      <TextInput
        label={t('client.name')}
        value={name}
        maxLength={200}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t('client.phone')}
        type="tel"
        value={phone}
        maxLength={40}
        onChange={(event) => setPhone(event.currentTarget.value)}
      />
      {client.address !== '' && (
        <TextInput
          label={t('client.address')}
          description={t('client.addressWhy')}
          value={displayAddress(client.address)}
          readOnly
        />
      )}
      <FormButtons
        submit={t('app.save')}
        disabled={name.trim() === client.name && phone.trim() === client.phone}
        onCancel={onCancel}
      />
    </form>
  );
}
