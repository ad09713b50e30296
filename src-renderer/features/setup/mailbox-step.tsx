import { useTranslation } from 'react-i18next';
import { MailboxForm } from '../settings/mailbox-form.tsx';
import { SetupFrame } from './setup-frame.tsx';
import { useSetup } from './setup-state.ts';

/** Step 4: the support mailbox, for an administrator whose service has none yet. */
export function MailboxStep() {
  const { t } = useTranslation();
  const change = useSetup((setup) => setup.change);
  return (
    <SetupFrame step="mailbox" wide>
      <MailboxForm record={null} save={t('setup.saveMailbox')} onSaved={() => change({ step: 'done' })} />
      <p className="setup-later">
        <button type="button" className="text-button" onClick={() => change({ step: 'done' })}>
          {t('setup.later')}
        </button>
      </p>
    </SetupFrame>
  );
}
