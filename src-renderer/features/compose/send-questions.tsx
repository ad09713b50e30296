import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MailboxAddress } from '#shared/ticket/letter.ts';
import { addressWords } from '../../ui/address-text.tsx';
import type { Asking } from './use-send.ts';

/** Asks what looks like a slip before a letter goes: all of it at once, and only once. */
export function SendQuestions({
  asking,
  recipients,
  onDecide,
}: {
  readonly asking: Asking | null;
  readonly recipients: readonly MailboxAddress[];
  readonly onDecide: (goOn: boolean) => void;
}) {
  const { t } = useTranslation();
  const isForward = asking?.questions.includes('confidential') ?? false;
  return (
    <Modal
      opened={asking !== null}
      onClose={() => onDecide(false)}
      title={t(isForward ? 'compose.ask.forwardTitle' : 'compose.ask.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Stack gap="xs">
        {asking?.questions.map((question) => (
          <Text key={question} size="sm">
            {t(`compose.ask.${question}`, { who: recipients.map(addressWords).join(', ') })}
          </Text>
        ))}
      </Stack>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={() => onDecide(false)} data-autofocus>
          {t('compose.ask.back')}
        </Button>
        <Button onClick={() => onDecide(true)}>
          {t(isForward ? 'compose.ask.forward' : 'compose.ask.send')}
        </Button>
      </Group>
    </Modal>
  );
}
