import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { roleAllows } from '#shared/ticket/author.ts';
import { useDesk } from '../../state/desk-context.ts';
import { DoneStep } from './done-step.tsx';
import { MailboxStep } from './mailbox-step.tsx';
import { useSetup } from './setup-state.ts';

/** The desk, once an administrator who has just logged in has given the service its mailbox. */
export function FirstDay({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const { bridge, session } = useDesk();
  const { step, arriving, change, finish } = useSetup();
  const [asks] = useState(arriving && roleAllows(session.agent.role, 'admin'));

  useEffect(() => {
    if (!arriving) return;
    if (!asks) return finish();
    let current = true;
    void bridge.call('mailbox.get', {}).then((got) => {
      if (!current) return;
      if (got.ok && got.value.mailbox === null) change({ step: 'mailbox', arriving: false });
      else finish();
    });
    return () => {
      current = false;
    };
  }, [arriving, asks, bridge, change, finish]);

  if (step === 'mailbox') return <MailboxStep />;
  if (step === 'done') return <DoneStep />;
  if (arriving && asks) return <p className="queue-empty">{t('app.loading')}</p>;
  return children;
}
