import { useRef } from 'react';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { useOperations } from '../../state/use-operations.ts';

/** Takes the ticket whose turn it is, of those that nobody holds (regulation §3), and opens it. */
export function useServeNext(): () => Promise<void> {
  const { cache } = useDesk();
  const { claim } = useOperations();
  const tell = usePanels((panels) => panels.tell);
  const openTicket = usePanels((panels) => panels.openTicket);
  const isServing = useRef(false);
  return async () => {
    // A second press while the first is on its way would take two.
    if (isServing.current) return;
    isServing.current = true;
    try {
      const id = await cache.next();
      if (id === null) tell({ tone: 'success', key: 'queue.noNext' });
      else if (await claim(id)) openTicket(id);
    } finally {
      isServing.current = false;
    }
  };
}
