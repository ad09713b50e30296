import type { Outgoing } from '#shared/bridge/draft.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useOutbox } from '../../state/use-outbox.ts';
import { useTimeLeft } from './use-time-left.ts';

/** The letter that was sent last and can still be called back, with the time left to do so; null where none waits. */
export function useWaitingLetter(): { readonly letter: Outgoing; readonly leftMs: number } | null {
  const { clockOffsetMs } = useDesk();
  const letter = newestWaiting(useOutbox()?.outgoing ?? []);
  const leftMs = useTimeLeft(letter?.releaseAt ?? 0, clockOffsetMs);
  return letter === null || leftMs <= 0 ? null : { letter, leftMs };
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
