import type { Outgoing, OutgoingState } from '#shared/bridge/draft.ts';
import type { OutgoingDecision } from './outgoing-decisions.ts';

/** The key of the words on a decision's button: «send» means another thing in each state. */
export function decisionKey(state: OutgoingState, decision: OutgoingDecision) {
  switch (decision) {
    case 'edit':
      return 'outgoing.decision.edit';
    case 'dismiss':
      return state === 'uncertain' ? 'outgoing.decision.arrived' : 'outgoing.decision.dismiss';
    case 'send':
      if (state === 'uncertain') return 'outgoing.decision.again';
      return state === 'queued' ? 'outgoing.decision.unchecked' : 'outgoing.decision.anyway';
  }
}

/** The key of what is asked before a letter is sent after all, see `asks` of the decision. */
export function confirmKey({ state, reason }: Pick<Outgoing, 'state' | 'reason'>) {
  if (reason === 'recipient-removed') return 'outgoing.confirmRemoved';
  return state === 'queued' ? 'outgoing.confirmUnchecked' : 'outgoing.confirmAgain';
}
