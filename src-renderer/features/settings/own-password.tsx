import { Button, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OwnPasswordForm } from './own-password-form.tsx';

/** Where everybody changes the password they log in with. */
export function OwnPassword() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <section className="settings-section form" aria-label={t('users.ownPassword')}>
      <Title order={2} size="h3">
        {t('users.ownPassword')}
      </Title>
      {open ? (
        <OwnPasswordForm current={null} onDone={() => setOpen(false)} onCancel={() => setOpen(false)} />
      ) : (
        <div>
          <Button variant="default" onClick={() => setOpen(true)}>
            {t('users.ownPasswordChange')}
          </Button>
        </div>
      )}
    </section>
  );
}
