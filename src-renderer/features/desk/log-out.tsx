import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../commands/use-command.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useUnsavedTabs } from '../../state/settings-drafts.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';

/** The way out; asks first where it would lose what was changed in the settings. What is written to clients is on disk. */
export function LogOut() {
  const { t } = useTranslation();
  const { bridge } = useDesk();
  const unsaved = useUnsavedTabs();
  const [isAsking, setAsking] = useState(false);
  const leave = () => void bridge.call('session.logOut', {});
  useCommand('app.logOut', () => {
    if (unsaved.length > 0) setAsking(true);
    else leave();
  });
  return (
    <ConfirmDialog
      opened={isAsking}
      title={t('nav.logOutTitle')}
      question={t('nav.logOutLoses', {
        tabs: unsaved.map((tab) => t('nav.quoted', { name: t(`settings.tab.${tab}`) })).join(', '),
      })}
      confirm={t('nav.logOutAnyway')}
      onConfirm={leave}
      onClose={() => setAsking(false)}
    />
  );
}
