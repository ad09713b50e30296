import { useTranslation } from 'react-i18next';
import type { Outgoing } from '#shared/bridge/draft.ts';
import { keysOf } from '../../commands/key-hint.tsx';
import { useCommand } from '../../commands/use-command.ts';
import { useWantedAnswer } from '../../state/held-answers.ts';
import { usePanels } from '../../state/panels.ts';
import { Icon } from '../../ui/icon.tsx';
import { Keys } from '../../ui/keys.tsx';

/** Says that letters wait for a decision, which they do until one is made, and opens the one that waits longest. */
export function HeldCount({ held }: { readonly held: readonly Outgoing[] }) {
  const { t } = useTranslation();
  const openTicket = usePanels((panels) => panels.openTicket);
  const want = useWantedAnswer((wanted) => wanted.want);
  const [first] = held;
  const open =
    first === undefined
      ? null
      : () => {
          want(first.id);
          openTicket(first.ticketId);
        };
  useCommand('held.open', open);
  const words = t('held.waits', { count: held.length });
  const keys = keysOf('held.open') ?? '';
  return (
    <>
      <output className="unseen">{open === null ? '' : words}</output>
      {open !== null && (
        <button
          type="button"
          className="status-item"
          data-state="problem"
          aria-keyshortcuts={keys}
          title={`${words}\n${t('commands.held.open')}`}
          onClick={open}
        >
          <Icon name="alert" size={13} />
          <span>{words}</span>
          <Keys keys={keys} />
        </button>
      )}
    </>
  );
}
