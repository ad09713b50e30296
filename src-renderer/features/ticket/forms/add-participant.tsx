import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { normaliseAddress } from '#shared/mail/addresses.ts';
import { isSendableAddress } from '#shared/mail/sendable-address.ts';
import { useDesk } from '../../../state/desk-context.ts';

type AddressProblem = 'rejection.wrong-address' | 'rejection.own-address' | 'client.alreadyIn';

/** Lets an address take part in a ticket; what would be refused is said at once. */
export function AddParticipant({
  participants,
  onAdd,
}: {
  /** Normalised. */
  readonly participants: readonly string[];
  readonly onAdd: (address: string) => void;
}) {
  const { t } = useTranslation();
  const { session } = useDesk();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<AddressProblem | null>(null);

  const add = () => {
    const address = normaliseAddress(text);
    if (!isSendableAddress(address)) return setProblem('rejection.wrong-address');
    if (address === session.mailboxAddress) return setProblem('rejection.own-address');
    if (participants.includes(address)) return setProblem('client.alreadyIn');
    return onAdd(address);
  };

  return (
    <form
      noValidate
      className="participant-add"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <TextInput
        label={t('client.addAddress')}
        description={t('client.addAddressWhy')}
        inputMode="email"
        autoComplete="off"
        spellCheck={false}
        maxLength={320}
        data-autofocus
        value={text}
        error={problem === null ? null : t(problem)}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <Button type="submit" disabled={text.trim() === ''}>
        {t('client.add')}
      </Button>
    </form>
  );
}
