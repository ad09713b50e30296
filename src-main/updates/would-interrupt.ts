import type { Outgoing } from '#shared/bridge/draft.ts';

interface Underway {
  readonly outgoing: Iterable<Pick<Outgoing, 'state' | 'releaseAt'>>;
  /**
   * Whether a letter is being worked with right now. Its state alone does not tell: it is `queued` while the API is asked,
   * and `uncertain` already while the mail server's last word is on its way.
   */
  readonly isSending: boolean;
  /** Operations that the API has not answered. */
  readonly pendingOperations: number;
  /** Whether the API answers: without it operations wait for days, safe on disk. */
  readonly apiIsOnline: boolean;
  readonly now: number;
}

/** Whether a restart now would come between an agent and something that is just happening. */
export function wouldInterrupt(underway: Underway): boolean {
  const { outgoing, isSending, pendingOperations, apiIsOnline, now } = underway;
  if (isSending) return true;
  for (const { state, releaseAt } of outgoing) {
    if (state === 'sending') return true;
    // The agent can still call it back, from the notice that the restart would take away.
    if (state === 'queued' && releaseAt > now) return true;
  }
  return apiIsOnline && pendingOperations > 0;
}
