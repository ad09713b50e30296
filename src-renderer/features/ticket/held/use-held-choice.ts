import { useTranslation } from 'react-i18next';
import type { Outgoing } from '#shared/bridge/draft.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import { errorKey } from '../../../language/problem-key.ts';
import { useDesk } from '../../../state/desk-context.ts';
import { useLeftDrafts } from '../../../state/left-drafts.ts';
import { usePanels } from '../../../state/panels.ts';
import { addressWords } from '../../../ui/address-text.tsx';
import { answerNewer } from '../../compose/start-draft.ts';
import type { HeldChoice } from './held-choices.ts';
import type { HeldMove } from './held-moves.ts';

/**
 * Carries out what an agent chose for a held letter; resolves to whether it was done, a problem is told.
 *
 * With `both` the letter is a draft again that answers the client's newest words and quotes them.
 */
export function useHeldChoice(): (
  outgoing: Outgoing,
  choice: HeldChoice,
  moves: readonly HeldMove[],
) => Promise<boolean> {
  const { t } = useTranslation();
  const { bridge, clockOffsetMs } = useDesk();
  const { tell, composeDraft, closeComposer } = usePanels();
  return async ({ id, ticketId, draft }, choice, moves) => {
    const decided = await bridge.call('outgoing.decide', {
      id,
      decision: choice === 'mine' ? 'send' : 'edit',
    });
    if (!decided.ok) {
      tell({ tone: 'problem', key: errorKey(decided.error) });
      return false;
    }
    const updatedAt = Date.now() + clockOffsetMs + 1;
    if (choice === 'mine') {
      tell({ tone: 'success', key: 'held.told.mine' });
      return true;
    }
    if (choice === 'theirs') {
      const dropped = await bridge.call('drafts.discard', { id: draft.id });
      if (!dropped.ok) {
        tell({ tone: 'problem', key: errorKey(dropped.error) });
        return false;
      }
      closeComposer(ticketId);
      const bringBack = async () => {
        const kept = await bridge.call('drafts.save', { draft: { ...draft, updatedAt } });
        if (kept.ok) composeDraft(ticketId);
        else tell({ tone: 'problem', key: errorKey(kept.error) });
      };
      // Its files are gone, it cannot come back as it was.
      const action = { key: 'held.undo', run: () => void bringBack() } as const;
      tell({
        tone: 'success',
        key: 'held.told.theirs',
        shownMs: undoMs,
        ...(draft.attachments.length === 0 ? { action } : {}),
      });
      return true;
    }
    let adapted = draft;
    for (const move of moves) {
      if (move.kind !== 'letter' || move.letter.direction !== 'in' || draft.purpose !== 'answer') continue;
      const { from, receivedAt } = move.letter;
      const wrote = t('compose.wrote', { at: formatMoment(receivedAt), who: addressWords(from) });
      adapted = answerNewer(adapted, move.letter, wrote);
    }
    if (adapted !== draft) {
      const kept = { ...adapted, updatedAt };
      useLeftDrafts.getState().keep(kept);
      const saved = await bridge.call('drafts.save', { draft: kept });
      if (!saved.ok) tell({ tone: 'problem', key: errorKey(saved.error) });
    }
    composeDraft(ticketId);
    return true;
  };
}

const undoMs = 10_000;
