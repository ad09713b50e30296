import type { Outgoing } from '#shared/bridge/draft.ts';

type Standing = Pick<Outgoing, 'state' | 'reason'>;

/** The key of what an outgoing letter's state means. */
export function standingKey(standing: Standing) {
  if (endedInPart(standing)) return 'outgoing.about.partialEnded' as const;
  return isWithheld(standing)
    ? ('outgoing.about.partialWithheld' as const)
    : (`outgoing.about.${standing.state}` as const);
}

/** The key of why it stands so; null where there is nothing to tell. */
export function reasonKey(standing: Standing) {
  if (standing.reason === null) return null;
  if (isWithheld(standing)) return 'outgoing.reason.recipient-removed-partial' as const;
  return endedInPart(standing)
    ? ('outgoing.reason.bytes-missing-partial' as const)
    : (`outgoing.reason.${standing.reason}` as const);
}

/**
 * True for a letter that left for some only and will for nobody else. To send it once more would give it twice to those
 * who have it.
 */
function endedInPart({ state, reason }: Standing): boolean {
  return state === 'partial' && reason === 'bytes-missing';
}

/** True for a letter that some have got and that goes no more to somebody who was taken out of the ticket since. */
function isWithheld({ state, reason }: Standing): boolean {
  return state === 'partial' && reason === 'recipient-removed';
}
