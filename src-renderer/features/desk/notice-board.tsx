import { Notifications, notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../commands/use-command.ts';
import { usePanels, type Notice } from '../../state/panels.ts';
import { Icon } from '../../ui/icon.tsx';
import { Keys } from '../../ui/keys.tsx';
import { useWaitingLetter } from '../compose/use-waiting-letter.ts';
import { useLongWaitNotice } from '../outbox/use-long-wait-notice.ts';

const usualMs = 5000;

/**
 * What just happened, in a corner where nothing is pressed.
 *
 * Good news go by themselves, a problem stays until it is dismissed. What can be undone has its key as long as it is
 * shown, unless a letter can still be called back: the key is that letter's then, for it leaves by itself.
 */
export function NoticeBoard() {
  const { t } = useTranslation();
  const { notice, tell } = usePanels();
  useLongWaitNotice();
  const shown = useRef<{ readonly id: string; readonly tone: Notice['tone'] } | null>(null);

  useEffect(() => {
    if (notice === null) {
      if (shown.current !== null) notifications.hide(shown.current.id);
      shown.current = null;
      return;
    }
    // Good news make way for the next, so that what the key undoes is always what is shown.
    if (shown.current?.tone === 'success') notifications.hide(shown.current.id);
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
    shown.current = { id, tone: notice.tone };
  }, [notice, tell, t]);

  // Nothing of what one agent was told is left for the next.
  useEffect(() => () => notifications.clean(), []);

  const letterWaits = useWaitingLetter() !== null;
  const action = notice?.action;
  useCommand(
    'compose.undoSend',
    action === undefined || letterWaits
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
  const letterWaits = useWaitingLetter() !== null;
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
          {t(action.key)} {!letterWaits && <Keys keys="Alt+Z" />}
        </button>
      )}
    </span>
  );
}
