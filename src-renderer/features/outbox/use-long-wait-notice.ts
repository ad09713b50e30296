import { useEffect, useState } from 'react';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { useOutbox } from '../../state/use-outbox.ts';
import { LongWaits } from './long-waits.ts';

/** Tells the agent once of work that has waited for more than an hour to be sent. */
export function useLongWaitNotice(): void {
  const { now } = useDesk();
  const outbox = useOutbox();
  const [waits] = useState(() => new LongWaits());
  const tell = usePanels((panels) => panels.tell);
  useEffect(() => {
    // What was told last is read, and undone, first.
    if (outbox === null || usePanels.getState().notice !== null) return;
    const found = waits.look(outbox, now);
    if (found === 0) return;
    tell({
      tone: 'problem',
      key: 'outbox.longWait',
      values: { number: found },
    });
  }, [outbox, now, waits, tell]);
}
