import type { AnswerKind } from '../regulation/answer-kind.ts';
import { defaultProfile } from '../regulation/default-profile.ts';
import { isAnswerKind } from '../regulation/parse-profile.ts';
import type { Profile } from '../regulation/profile.ts';

/** Which answers are a reaction. */
export interface ReactionPolicy {
  /** The kinds of answer that end a reaction period. */
  readonly stopsClock: ReadonlySet<AnswerKind>;
}

/** Which answers a profile takes for a reaction. */
export function reactionPolicyOf({ answerKinds }: Profile): ReactionPolicy {
  return {
    stopsClock: new Set(
      answerKinds.flatMap(({ kind, stopsClock }) => (stopsClock && isAnswerKind(kind) ? [kind] : [])),
    ),
  };
}

/** Every answer with substance is a reaction; only a notice is none. */
export const defaultReactionPolicy: ReactionPolicy = reactionPolicyOf(defaultProfile);

/** What was a reaction when: rules change, and what an answer meant to the client when it came does not. */
export interface ReactionRules {
  /** The policy in force at a moment. */
  reactionAt(at: number): ReactionPolicy;
}

/** Rules that never changed. */
export function always(policy: ReactionPolicy): ReactionRules {
  return { reactionAt: () => policy };
}

/** What the reaction clock looks at in a ticket's history. Moments are when the client wrote or was answered. */
export type ReactionEvent =
  | { readonly kind: 'client-contact'; readonly at: number }
  | {
      readonly kind: 'answer';
      readonly at: number;
      readonly answerKind: AnswerKind;
      readonly human: boolean;
      /** With it a bounce finds its answer. */
      readonly messageId?: string;
    }
  | { readonly kind: 'closing'; readonly at: number }
  | {
      readonly kind: 'bounce';
      readonly at: number;
      /** Of the answer. */
      readonly messageId: string;
      readonly recipients: readonly { readonly permanent: boolean }[];
    };

/** The time from a client's first unanswered contact to the answer, or to the closing of the ticket without one. */
export interface ReactionPeriod {
  readonly startedAt: number;
  /** Null while the client waits. */
  readonly endedAt: number | null;
  readonly endedBy: 'answer' | 'closing' | null;
}

/**
 * The reaction periods of a ticket, in order.
 *
 * A period opens with the first unanswered letter or call; more of them do not move it; a human answer of a kind
 * that stops the clock ends it, and so does closing the ticket. Answers with nothing to answer, automatic ones, notices and bounces change nothing.
 * Events may come in any order: a late ancestor moves its period's start back. Events of one and the same moment
 * keep the order they are given in, because INTERNALDATE knows whole seconds only and the caller knows better.
 */
export function reactionPeriods(events: readonly ReactionEvent[], rules: ReactionRules): ReactionPeriod[] {
  const periods: ReactionPeriod[] = [];
  let startedAt: number | null = null;
  for (const event of events.toSorted((a, b) => a.at - b.at)) {
    if (event.kind === 'client-contact') {
      startedAt ??= event.at;
    } else if (event.kind !== 'bounce' && startedAt !== null && endsWait(event, rules)) {
      periods.push({ startedAt, endedAt: event.at, endedBy: event.kind });
      startedAt = null;
    }
  }
  if (startedAt !== null) periods.push({ startedAt, endedAt: null, endedBy: null });
  return periods;
}

/** Whether nobody waits any more after this. */
export function endsWait(event: ReactionEvent, rules: ReactionRules): boolean {
  if (event.kind !== 'answer') return event.kind === 'closing';
  return event.human && rules.reactionAt(event.at).stopsClock.has(event.answerKind);
}

/** The period in which the client waits for an answer now; null if nobody waits. */
export function openPeriod(periods: readonly ReactionPeriod[]): ReactionPeriod | null {
  const last = periods.at(-1);
  return last !== undefined && last.endedAt === null ? last : null;
}
