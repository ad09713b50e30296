import { useEffectEvent, useLayoutEffect } from 'react';
import type { CommandId } from './command-list.ts';
import { useCommandHandlers } from './command-handlers.ts';

/**
 * Says what a command does while this component is on screen; null while it can do nothing.
 *
 * Where several say it, the one that could do it last is asked: the ticket on screen before the queue behind it, and
 * the list again once it has the keyboard and the others have none of it.
 */
export function useCommand(id: CommandId, run: (() => void) | null): void {
  const runNewest = useEffectEvent(() => run?.());
  const isAvailable = run !== null;
  // Before it is painted: a key that is pressed as soon as its command can be seen is not lost.
  useLayoutEffect(() => {
    if (!isAvailable) return;
    return useCommandHandlers.getState().add(id, () => runNewest());
  }, [id, isAvailable]);
}
