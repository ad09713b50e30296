import type { Outgoing } from '#shared/bridge/draft.ts';

interface Underway {
  readonly outgoing: Iterable<Pick<Outgoing, 'state' | 'releaseAt'>>;
  /** Operations that the API has not answered. */
  readonly pendingOperations: number;
  /** Whether the API answers: without it operations wait for days, safe on disk. */
  readonly apiIsOnline: boolean;
  readonly now: number;
}

/** Whether a restart now would come between an agent and something that is just happening. */
export function wouldInterrupt({ outgoing, pendingOperations, apiIsOnline, now }: Underway): boolean {
  for (const { state, releaseAt } of outgoing) {
    if (state === 'sending') return true;
    // The agent can still call it back, from the notice that the restart would take away.
    if (state === 'queued' && releaseAt > now) return true;
  }
  return apiIsOnline && pendingOperations > 0;
}
