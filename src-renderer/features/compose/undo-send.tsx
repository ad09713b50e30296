import { Button, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../commands/use-command.ts';
import { Icon } from '../../ui/icon.tsx';
import { useDecide } from '../ticket/use-decide.ts';
import { useWaitingLetter } from './use-waiting-letter.ts';

/** Stands over the desk while the letter that was sent last can be called back. */
export function UndoSend() {
  const { t } = useTranslation();
  const waiting = useWaitingLetter();
  const letter = waiting?.letter ?? null;
  const decide = useDecide();
  const undo = letter === null ? null : () => void decide(letter, 'edit');
  useCommand('compose.undoSend', undo);
  const purpose = letter?.draft.purpose ?? null;
  return (
    <div className="undo-send-place">
      <VisuallyHidden component="output">
        {purpose === null ? '' : t(`compose.undo.told.${purpose}`)}
      </VisuallyHidden>
      {waiting !== null && purpose !== null && undo !== null && (
        <div className="undo-send" role="group" aria-label={t(`compose.undo.told.${purpose}`)}>
          <Icon name="send" />
          <span aria-hidden="true">
            {t(`compose.undo.leaves.${purpose}`, { count: Math.ceil(waiting.leftMs / 1000) })}
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
