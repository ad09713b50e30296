import { createContext, useContext } from 'react';
import type { OutboxView } from '../cache/cache-views.ts';

/** Apart from the desk's context: it changes with each draft that is saved, and nobody who types is to wait for the rest. */
export const OutboxContext = createContext<OutboxView | null>(null);

/** Everything that is not confirmed or not sent yet; null until the cache has said so. */
export function useOutbox(): OutboxView | null {
  return useContext(OutboxContext);
}
