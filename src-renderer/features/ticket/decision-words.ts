import type { OutgoingState } from '#shared/bridge/draft.ts';
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
