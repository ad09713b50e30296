import { Button, Group } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Outgoing } from '#shared/bridge/draft.ts';
import type { TicketView } from '../../../cache/cache-views.ts';
import { keysOf } from '../../../commands/key-hint.tsx';
import { useCommand } from '../../../commands/use-command.ts';
import { useDesk } from '../../../state/desk-context.ts';
import { heldAnswers, useWantedAnswer } from '../../../state/held-answers.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { Keys } from '../../../ui/keys.tsx';
import { confirmKey } from '../decision-words.ts';
import { reasonKey, standingKey } from '../standing-words.ts';
import { heldChoices, type HeldChoice, type OfferedChoice } from './held-choices.ts';
import { heldMoves } from './held-moves.ts';
import { MoveLine } from './move-line.tsx';
import { useHeldChoice } from './use-held-choice.ts';

/**
 * A letter that waits for its agent: what came meanwhile beside it, and the ways out, a key each.
 *
 * Where several are held in one ticket, the keys are those of the oldest.
 */
export function HeldAnswer({ outgoing, view }: { readonly outgoing: Outgoing; readonly view: TicketView }) {
  const { t } = useTranslation();
  const { session } = useDesk();
  const place = useRef<HTMLDivElement>(null);
  const choose = useHeldChoice();
  const [asking, setAsking] = useState<OfferedChoice | null>(null);
  const [deciding, setDeciding] = useState(false);
  const moves = heldMoves(outgoing, view, session.agent.id);
  const choices = heldChoices(outgoing);
  const hasKeys = heldAnswers(view.outgoing)[0]?.id === outgoing.id;
  const reason = reasonKey(outgoing);

  const take = async (choice: HeldChoice) => {
    const ticket = place.current?.closest<HTMLElement>('.ticket');
    setDeciding(true);
    const isDone = await choose(outgoing, choice, moves);
    setDeciding(false);
    // The composer takes the keyboard itself; otherwise it would be gone with the buttons.
    if (isDone && choice !== 'both') ticket?.focus();
  };
  const start = (offered: OfferedChoice) => {
    if (offered.asks === null) void take(offered.choice);
    else setAsking(offered);
  };
  const byKey = (choice: HeldChoice) => {
    const offered = choices.find((each) => each.choice === choice);
    return offered === undefined || !hasKeys || deciding ? null : () => start(offered);
  };
  useCommand('held.theirs', byKey('theirs'));
  useCommand('held.mine', byKey('mine'));
  useCommand('held.both', byKey('both'));

  const isWanted = useWantedAnswer(({ id }) => id === outgoing.id);
  useEffect(() => {
    if (!isWanted) return;
    // After the conversation has gone to its newest entry.
    const frame = requestAnimationFrame(() => {
      useWantedAnswer.getState().want(null);
      place.current?.focus({ preventScroll: true });
      place.current?.scrollIntoView({ block: 'center' });
    });
    return () => cancelAnimationFrame(frame);
  }, [isWanted, place]);

  return (
    <div ref={place} tabIndex={-1} role="group" aria-label={t('held.label')} className="outgoing-standing">
      <output>
        <p>{t(standingKey(outgoing))}</p>
        {reason !== null && <p>{t(reason)}</p>}
      </output>
      {moves.length > 0 && (
        <ul className="held-moves" aria-label={t('held.moves')}>
          {moves.map((move) => (
            <li key={move.kind === 'letter' ? move.letter.id : move.activity.id}>
              <MoveLine move={move} />
            </li>
          ))}
        </ul>
      )}
      <Group gap="xs" mt={6}>
        {choices.map((offered) => {
          const keys = hasKeys ? keysOf(offered.command) : null;
          return (
            <Button
              key={offered.choice}
              size="compact-xs"
              variant="default"
              disabled={deciding}
              aria-keyshortcuts={keys ?? undefined}
              title={t(`held.why.${offered.choice}`)}
              rightSection={keys === null ? null : <Keys keys={keys} />}
              onClick={() => start(offered)}
            >
              {t(`held.choice.${offered.choice}`)}
            </Button>
          );
        })}
      </Group>
      <ConfirmDialog
        opened={asking !== null}
        title={asking?.asks === 'drop' ? t('held.dropTitle') : t('outgoing.confirmTitle')}
        question={asking?.asks === 'drop' ? t('held.dropSure') : t(confirmKey(outgoing))}
        confirm={asking?.asks === 'drop' ? t('held.choice.theirs') : t('outgoing.confirmSend')}
        onConfirm={() => {
          if (asking !== null) void take(asking.choice);
        }}
        onClose={() => setAsking(null)}
      />
    </div>
  );
}
