import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Warning } from '../../ui/problem.tsx';
import { OwnPasswordForm } from '../settings/own-password-form.tsx';
import { SetupFrame } from './setup-frame.tsx';
import { useSetup } from './setup-state.ts';

/** Step 5: what an administrator does next, the first password before all. */
export function DoneStep() {
  const { t } = useTranslation();
  const { session } = useDesk();
  const { password, change, finish } = useSetup();
  const { showPage, showSettings } = usePanels();
  const [changed, setChanged] = useState(false);
  const nexts: readonly {
    readonly key: 'agents' | 'groups' | 'articles' | 'templates';
    readonly icon: IconName;
    readonly go: () => void;
  }[] = [
    { key: 'agents', icon: 'user', go: () => showSettings('agents') },
    { key: 'groups', icon: 'edit', go: () => showSettings('groups') },
    { key: 'articles', icon: 'article', go: () => showPage('articles') },
    { key: 'templates', icon: 'reply', go: () => showPage('templates') },
  ];
  return (
    <SetupFrame step="done" wide>
      <div className="form">
        {session.mailboxAddress === null && (
          <Warning>
            {t('setup.noMailbox')}{' '}
            <button type="button" className="text-button" onClick={() => change({ step: 'mailbox' })}>
              {t('setup.backToMailbox')}
            </button>
          </Warning>
        )}
        {password !== '' && !changed && (
          <section className="setup-password" aria-label={t('setup.password')}>
            <h2>{t('setup.password')}</h2>
            <p className="quiet">{t('setup.passwordAbout')}</p>
            <OwnPasswordForm
              current={password}
              onDone={() => {
                setChanged(true);
                change({ password: '' });
              }}
              onCancel={null}
            />
          </section>
        )}
        {changed && (
          <output className="trial-good">
            <Icon name="check" /> {t('users.ownPasswordChanged')}
          </output>
        )}
        <ul className="setup-nexts" aria-label={t('setup.nexts')}>
          {nexts.map(({ key, icon, go }) => (
            <li key={key}>
              <button
                type="button"
                onClick={() => {
                  go();
                  finish();
                }}
              >
                <Icon name={icon} size={20} />
                <span>
                  <strong>{t(`setup.nextOf.${key}`)}</strong>
                  <span className="quiet">{t(`setup.nextAbout.${key}`)}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
        <div className="setup-buttons">
          <Button
            size="sm"
            className="setup-next"
            onClick={() => {
              showPage('queue');
              finish();
            }}
          >
            {t('setup.toQueue')}
          </Button>
        </div>
      </div>
    </SetupFrame>
  );
}
