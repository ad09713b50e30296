import { useMemo } from 'react';
import { create } from 'zustand';
import { noFilter, type QueueFilter, type QueueListing, type QueueOrder } from '../cache/queue-listing.ts';
import { usePanels } from './panels.ts';

interface QueueViewState {
  readonly filter: QueueFilter;
  readonly order: QueueOrder;
  /** Whether a search looks into the section alone; else into everything, closed tickets too. */
  readonly searchesSection: boolean;
  readonly changeFilter: (change: Partial<QueueFilter>) => void;
  readonly clearFilter: () => void;
  readonly setOrder: (order: QueueOrder) => void;
  readonly setSearchesSection: (searchesSection: boolean) => void;
  /** Back to the start, for the next agent. */
  readonly forget: () => void;
}

const start = { filter: noFilter, order: 'queue', searchesSection: false } as const;

/** How the agent looks at the queue; the section itself is one of the panels. */
export const useQueueView = create<QueueViewState>()((set) => ({
  ...start,
  changeFilter: (change) =>
    set(({ filter, searchesSection }) => ({
      filter: { ...filter, ...change },
      // The next search begins everywhere again.
      searchesSection: change.text === '' ? false : searchesSection,
    })),
  clearFilter: () => set({ filter: noFilter, searchesSection: false }),
  setOrder: (order) => set({ order }),
  setSearchesSection: (searchesSection) => set({ searchesSection }),
  forget: () => set(start),
}));

/** The listing on screen. The same object until something about it changes. */
export function useQueueListing(): QueueListing {
  const section = usePanels((panels) => panels.section);
  const { filter, order, searchesSection } = useQueueView();
  const isEverywhere = filter.text.trim() !== '' && !searchesSection;
  return useMemo(
    () => ({ section: isEverywhere ? 'everywhere' : section, filter, order }),
    [isEverywhere, section, filter, order],
  );
}
