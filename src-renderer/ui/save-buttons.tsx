import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Saves a form, or leaves it. */
export function SaveButtons({ busy, onCancel }: { readonly busy: boolean; readonly onCancel: () => void }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      <Button type="submit" loading={busy}>
        {t('app.save')}
      </Button>
      <Button variant="default" onClick={onCancel}>
        {t('app.cancel')}
      </Button>
    </Group>
  );
}
