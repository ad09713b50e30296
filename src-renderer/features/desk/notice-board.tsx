import { Notifications, notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../commands/use-command.ts';
import { usePanels, type Notice } from '../../state/panels.ts';
import { Icon } from '../../ui/icon.tsx';
import { Keys } from '../../ui/keys.tsx';

const usualMs = 5000;

/**
 * What just happened, in a corner where nothing is pressed.
 *
 * Good news go by themselves, a problem stays until it is dismissed. What can be undone has its key as long as it is
 * shown.
 */
export function NoticeBoard() {
  const { t } = useTranslation();
  const { notice, tell } = usePanels();
  const shownId = useRef<string | null>(null);

  useEffect(() => {
    if (notice === null) {
      if (shownId.current !== null) notifications.hide(shownId.current);
      shownId.current = null;
      return;
    }
    const isProblem = notice.tone === 'problem';
    const id = notifications.show({
      role: isProblem ? 'alert' : 'status',
      'data-tone': notice.tone,
      icon: <Icon name={isProblem ? 'alert' : 'check'} />,
      message: <NoticeWords notice={notice} onDone={() => tell(null)} />,
      autoClose: isProblem ? false : (notice.shownMs ?? usualMs),
      closeButtonProps: { 'aria-label': t('nav.dismiss') },
      onClose: () => {
        if (usePanels.getState().notice === notice) tell(null);
      },
    });
    shownId.current = id;
  }, [notice, tell, t]);

  // Nothing of what one agent was told is left for the next.
  useEffect(() => () => notifications.clean(), []);

  const action = notice?.action;
  useCommand(
    'compose.undoSend',
    action === undefined
      ? null
      : () => {
          tell(null);
          action.run();
        },
  );

  return (
    <Notifications
      className="notices"
      position="bottom-left"
      withinPortal={false}
      limit={3}
      containerWidth={400}
      transitionDuration={120}
    />
  );
}

function NoticeWords({ notice, onDone }: { readonly notice: Notice; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const { action } = notice;
  const words = Object.entries(notice.words ?? {}).map(([gap, key]) => [gap, t(key)]);
  return (
    <span className="notice">
      <span>{t(notice.key, { ...notice.values, ...Object.fromEntries(words) })}</span>
      {action !== undefined && (
        <button
          type="button"
          className="notice-action"
          onClick={() => {
            onDone();
            action.run();
          }}
        >
          {t(action.key)} <Keys keys="Alt+Z" />
        </button>
      )}
    </span>
  );
}
