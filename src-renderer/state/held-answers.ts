import { create } from 'zustand';
import type { Outgoing } from '#shared/bridge/draft.ts';
import type { OutgoingId } from '#shared/ids.ts';
import { useOutbox } from './use-outbox.ts';

/** The letters that wait for their agent to decide, the one that waits longest first. */
export function useHeldAnswers(): readonly Outgoing[] {
  return heldAnswers(useOutbox()?.outgoing ?? []);
}

/** Those of all letters that are held, the oldest first. */
export function heldAnswers(outgoing: readonly Outgoing[]): readonly Outgoing[] {
  return outgoing.filter(({ state }) => state === 'held').toSorted((a, b) => a.queuedAt - b.queuedAt);
}

interface WantedAnswer {
  /** The held letter that is to be shown once its ticket is on screen; null for none. */
  readonly id: OutgoingId | null;
  readonly want: (id: OutgoingId | null) => void;
}

/** Which held letter the agent asked to see. */
export const useWantedAnswer = create<WantedAnswer>()((set) => ({ id: null, want: (id) => set({ id }) }));
