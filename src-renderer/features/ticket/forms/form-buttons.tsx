import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** The end of a dialog's form: leave, and do it. */
export function FormButtons({
  submit,
  disabled = false,
  tone = 'plain',
  onCancel,
  children,
}: {
  readonly submit: string;
  readonly disabled?: boolean;
  readonly tone?: 'plain' | 'bad';
  readonly onCancel: () => void;
  /** What else can be done, on the left. */
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Group justify="space-between" mt="md">
      <div>{children}</div>
      <Group gap="sm">
        <Button variant="default" onClick={onCancel}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" disabled={disabled} {...(tone === 'bad' ? { color: 'red' } : {})}>
          {submit}
        </Button>
      </Group>
    </Group>
  );
}
