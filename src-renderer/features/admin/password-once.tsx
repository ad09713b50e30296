import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../ui/copy-button.tsx';

/** A made-up password and whose it is. */
export interface HandedPassword {
  readonly name: string;
  readonly login: string;
  readonly password: string;
}

/** Shows a password this one time: only its hash is kept. */
export function PasswordOnce({
  handed,
  onClose,
}: {
  readonly handed: HandedPassword | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={handed !== null}
      onClose={onClose}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={t('users.handTitle', { name: handed?.name ?? '' })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className="form">
        <p className="settings-fact">{t('users.handAbout')}</p>
        <TextInput label={t('users.login')} value={handed?.login ?? ''} readOnly />
        <TextInput
          label={t('users.password')}
          value={handed?.password ?? ''}
          readOnly
          data-autofocus
          classNames={{ input: 'handed-password' }}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Group justify="flex-end">
          <CopyButton text={handed?.password ?? ''}>{t('users.handCopy')}</CopyButton>
          <Button onClick={onClose}>{t('users.handDone')}</Button>
        </Group>
      </div>
    </Modal>
  );
}
