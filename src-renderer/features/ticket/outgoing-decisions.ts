import type { CallParams } from '#shared/bridge/bridge-client.ts';
import type { Outgoing } from '#shared/bridge/draft.ts';

export type OutgoingDecision = CallParams<'outgoing.decide'>['decision'];

/** A decision that is open to the agent, and whether it is to be confirmed first. */
export interface OfferedDecision {
  readonly decision: OutgoingDecision;
  readonly asks: boolean;
}

/**
 * What an agent may decide about an outgoing letter in each state.
 *
 * Sending again what may have arrived, and sending without the API's check, can give the client two answers: both are
 * asked for twice, and so is writing to somebody who was taken out of the ticket. While bytes are on the wire nothing can be decided. A letter that the server took, from all or from
 * some, goes off the list only when no recipient is to be tried again and its copy lies in Sent: that ends its work. A copy
 * that can never come, because the letter's file is gone, is not waited for.
 */
export function outgoingDecisions({
  state,
  reason,
  recipients,
  filed,
}: Pick<Outgoing, 'state' | 'reason' | 'recipients' | 'filed'>): readonly OfferedDecision[] {
  switch (state) {
    case 'queued':
      return reason === 'api-unreachable'
        ? [
            { decision: 'edit', asks: false },
            { decision: 'send', asks: true },
          ]
        : [{ decision: 'edit', asks: false }];
    case 'held':
      return [
        { decision: 'edit', asks: false },
        { decision: 'send', asks: reason === 'recipient-removed' },
      ];
    case 'uncertain':
      return [
        { decision: 'dismiss', asks: false },
        { decision: 'send', asks: true },
      ];
    case 'failed':
      return [
        { decision: 'edit', asks: false },
        { decision: 'dismiss', asks: false },
      ];
    case 'sent':
      return filed ? [{ decision: 'dismiss', asks: false }] : [];
    case 'partial': {
      const open = recipients.some(({ state: known }) => known === 'waiting' || known === 'deferred');
      return (filed || reason === 'bytes-missing') && !open ? [{ decision: 'dismiss', asks: false }] : [];
    }
    case 'sending':
      return [];
  }
}
