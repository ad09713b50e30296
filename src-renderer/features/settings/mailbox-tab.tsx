import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MailboxRecord } from '#shared/protocol/mailbox-record.ts';
import { errorKey, type ErrorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { Problem } from '../../ui/problem.tsx';
import { MailboxForm } from './mailbox-form.tsx';

type Loaded =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly why: ErrorKey }
  | { readonly state: 'here'; readonly record: MailboxRecord | null };

/** The support mailbox, which an administrator sets for all desks. */
export function MailboxTab() {
  const { t } = useTranslation();
  const [tries, setTries] = useState(0);
  return (
    <>
      <PageTitle>{t('settings.mailbox')}</PageTitle>
      <p className="quiet settings-about">{t('settings.about')}</p>
      <MailboxOfApi key={tries} onRetry={() => setTries(tries + 1)} />
    </>
  );
}

/** The record as the API has it, to be changed. */
function MailboxOfApi({ onRetry }: { readonly onRetry: () => void }) {
  const { t } = useTranslation();
  const { bridge } = useDesk();
  const tell = usePanels((panels) => panels.tell);
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

  if (loaded.state === 'loading') return <p className="quiet">{t('app.loading')}</p>;
  if (loaded.state === 'failed') {
    return (
      <div className="form">
        <Problem>{t(loaded.why)}</Problem>
        <div>
          <Button variant="default" onClick={onRetry}>
            {t('app.retry')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <MailboxForm
      key={loaded.record?.revision ?? 0}
      record={loaded.record}
      save={t('app.save')}
      onSaved={(record) => {
        tell({ tone: 'success', key: 'settings.saved' });
        setLoaded({ state: 'here', record });
      }}
    />
  );
}
