import { Checkbox, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { displayAddress } from '#shared/mail/addresses.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { useDesk } from '../../../state/desk-context.ts';
import { FormButtons } from './form-buttons.tsx';

const reasons = ['spam', 'wrong-address', 'automatic', 'duplicate', 'other'] as const;
type Reason = (typeof reasons)[number];

/** Closes what is no request, and if wanted keeps its sender from opening more. */
export function NotARequestForm({
  ticket,
  onClose,
  onCancel,
}: {
  readonly ticket: Ticket;
  readonly onClose: (reason: string, block: boolean) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const { blockedSenders } = useDesk();
  const { address } = ticket.client;
  const [reason, setReason] = useState<Reason>('spam');
  const [text, setText] = useState('');
  const [block, setBlock] = useState(false);
  const mayBlock = address !== '' && !blockedSenders.some((blocked) => blocked.address === address);
  const incomplete = reason === 'other' && text.trim() === '';
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (incomplete) return;
        const words = reason === 'other' ? '' : t(`closing.notARequest.reasons.${reason}`);
        onClose([words, text.trim()].filter((part) => part !== '').join(': '), block && mayBlock);
      }}
    >
      <Radio.Group
        label={t('closing.notARequest.reason')}
        value={reason}
        onChange={(value) => setReason(reasons.find((known) => known === value) ?? 'other')}
      >
        <Stack gap={6} mt={4}>
          {reasons.map((known, place) => (
            <Radio
              key={known}
              value={known}
              size="sm"
              label={t(`closing.notARequest.reasons.${known}`)}
              {...(place === 0 ? { 'data-autofocus': true } : {})}
            />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput
        label={t('closing.notARequest.text')}
        value={text}
        maxLength={1000}
        required={reason === 'other'}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {mayBlock && (
        <Checkbox
          size="sm"
          checked={block}
          label={t('closing.notARequest.block', { address: displayAddress(address) })}
          description={t('closing.notARequest.blockAbout')}
          onChange={(event) => setBlock(event.currentTarget.checked)}
        />
      )}
      <FormButtons submit={t('closing.notARequest.set')} disabled={incomplete} onCancel={onCancel} />
    </form>
  );
}
