import { useEffect, useLayoutEffect, useRef } from 'react';
import type { CommandId } from './command-list.ts';
import { useCommandHandlers } from './command-handlers.ts';

/**
 * Keeps the last of these commands while what it is meant for is on its way to the screen, and gives it once that is
 * there: keys that are pressed one after the other need not wait for what they bring.
 *
 * `wanted` is what is waited for; a command that was kept for something else is forgotten.
 */
export function useKeptCommand(wanted: string, isHere: boolean, ids: readonly CommandId[]): void {
  const kept = useRef<{ readonly id: CommandId; readonly wanted: string } | null>(null);
  useLayoutEffect(() => {
    if (isHere) return;
    return useCommandHandlers.getState().keepWith((id) => {
      if (!ids.includes(id)) return false;
      kept.current = { id, wanted };
      return true;
    });
  }, [wanted, isHere, ids]);
  useEffect(() => {
    if (!isHere) return;
    const last = kept.current;
    kept.current = null;
    // What is there has said what it can do: children come before those around them.
    if (last?.wanted === wanted) useCommandHandlers.getState().run(last.id);
  }, [wanted, isHere]);
}
