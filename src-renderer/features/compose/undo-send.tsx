import { Button, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Outgoing } from '#shared/bridge/draft.ts';
import { useCommand } from '../../commands/use-command.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useOutbox } from '../../state/use-outbox.ts';
import { Icon } from '../../ui/icon.tsx';
import { useDecide } from '../ticket/use-decide.ts';
import { useTimeLeft } from './use-time-left.ts';

/** Stands over the desk while the letter that was sent last can be called back. */
export function UndoSend() {
  const { t } = useTranslation();
  const { cache, status } = useDesk();
  const outbox = useOutbox(cache);
  const decide = useDecide();
  const waiting = newestWaiting(outbox?.outgoing ?? []);
  const leftMs = useTimeLeft(waiting?.releaseAt ?? 0, status?.clockOffsetMs ?? 0);
  const letter = leftMs > 0 ? waiting : null;
  const undo = letter === null ? null : () => void decide(letter, 'edit');
  useCommand('compose.undoSend', undo);
  const purpose = letter?.draft.purpose ?? null;
  return (
    <div className="undo-send-place">
      <VisuallyHidden component="output">
        {purpose === null ? '' : t(`compose.undo.told.${purpose}`)}
      </VisuallyHidden>
      {purpose !== null && undo !== null && (
        <div className="undo-send" role="group" aria-label={t(`compose.undo.told.${purpose}`)}>
          <Icon name="send" />
          <span aria-hidden="true">
            {t(`compose.undo.leaves.${purpose}`, { count: Math.ceil(leftMs / 1000) })}
          </span>
          <Button variant="default" aria-keyshortcuts="Alt+Z" onClick={undo}>
            {t('compose.undo.action')}
          </Button>
          <kbd aria-hidden="true">Alt+Z</kbd>
        </div>
      )}
    </div>
  );
}

/** The letter that waits for nothing but its time. */
function newestWaiting(outgoing: readonly Outgoing[]): Outgoing | null {
  return outgoing
    .filter(({ state, reason, releaseAt, queuedAt }) => {
      return state === 'queued' && reason === null && releaseAt > queuedAt;
    })
    .reduce<Outgoing | null>(
      (newest, letter) => (newest === null || letter.queuedAt > newest.queuedAt ? letter : newest),
      null,
    );
}
