import type { Outgoing } from '#shared/bridge/draft.ts';

type Standing = Pick<Outgoing, 'state' | 'reason'>;

/** The key of what an outgoing letter's state means. */
export function standingKey(standing: Standing) {
  return endedInPart(standing)
    ? ('outgoing.about.partialEnded' as const)
    : (`outgoing.about.${standing.state}` as const);
}

/** The key of why it stands so; null where there is nothing to tell. */
export function reasonKey(standing: Standing) {
  if (standing.reason === null) return null;
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
