import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { DeskContext, type Desk } from '#renderer/state/desk-context.ts';

/** What a hook gives a feature of this desk at its first rendering. */
export function renderHook<T>(desk: Partial<Record<keyof Desk, unknown>>, useHook: () => T): T {
  const found: T[] = [];
  function Probe() {
    found.push(useHook());
    return null;
  }
  const root = createRoot(document.createElement('div'));
  act(() =>
    root.render(
      <DeskContext value={desk as unknown as Desk}>
        <Probe />
      </DeskContext>,
    ),
  );
  const [first] = found;
  if (first === undefined) throw new Error('nothing was rendered');
  return first;
}
