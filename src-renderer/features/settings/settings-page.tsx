import { Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MailboxRecord } from '#shared/protocol/mailbox-record.ts';
import { errorKey, type ErrorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { Problem } from '../../ui/problem.tsx';
import { MailboxForm } from './mailbox-form.tsx';

type Loaded =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly why: ErrorKey }
  | { readonly state: 'here'; readonly record: MailboxRecord | null };

/** What an administrator sets for all desks. */
export function SettingsPage() {
  const { t } = useTranslation();
  const { bridge, appInfo } = useDesk();
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' });

  useEffect(() => {
    let current = true;
    void bridge.call('mailbox.get', {}).then((got) => {
      if (!current) return;
      setLoaded(
        got.ok ? { state: 'here', record: got.value.mailbox } : { state: 'failed', why: errorKey(got.error) },
      );
    });
    return () => {
      current = false;
    };
  }, [bridge]);

  return (
    <section className="page" aria-label={t('nav.settings')}>
      <Title order={2}>{t('settings.mailbox')}</Title>
      <p className="quiet">{t('settings.about')}</p>
      {loaded.state === 'loading' && <p className="quiet">{t('app.loading')}</p>}
      {loaded.state === 'failed' && <Problem>{t(loaded.why)}</Problem>}
      {loaded.state === 'here' && (
        <MailboxForm
          key={loaded.record?.revision ?? 0}
          record={loaded.record}
          onSaved={(record) => setLoaded({ state: 'here', record })}
        />
      )}
      {appInfo !== null && <p className="quiet">{t('settings.version', { version: appInfo.version })}</p>}
    </section>
  );
}
