import { Button, Group, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Asks why a ticket goes out of turn; the reason stays with it. */
export function CriticalDialog({
  opened,
  onSet,
  onClose,
}: {
  readonly opened: boolean;
  readonly onSet: (reason: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const blank = reason.trim() === '';
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('critical.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (blank) return;
          onSet(reason.trim());
          setReason('');
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
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" color="red" disabled={blank}>
            {t('critical.set')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
