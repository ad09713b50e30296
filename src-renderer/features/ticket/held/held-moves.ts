import type { Outgoing } from '#shared/bridge/draft.ts';
import type { AgentId } from '#shared/ids.ts';
import { normaliseAddress } from '#shared/mail/addresses.ts';
import type { Activity } from '#shared/ticket/activity.ts';
import type { TicketLetter, TicketView } from '../../../cache/cache-views.ts';

/** Something that came to a ticket while an answer was written or waited. */
export type HeldMove =
  | { readonly kind: 'letter'; readonly letter: TicketLetter }
  | { readonly kind: 'activity'; readonly activity: Activity };

const shownMoves = 3;

/**
 * What an agent should have seen before a held letter leaves: the newest letters, of clients and of colleagues, after
 * the one that it answers, and who closed the ticket or took a recipient out of it. Oldest first, three at most of each.
 *
 * A letter that answers none, or one that is not here, has the ticket's newest.
 */
export function heldMoves(
  { draft, messageId, reason }: Pick<Outgoing, 'draft' | 'messageId' | 'reason'>,
  { letters, activities }: Pick<TicketView, 'letters' | 'activities'>,
  ownId: AgentId,
): readonly HeldMove[] {
  const others = letters.filter(
    (letter) =>
      letter.messageId !== messageId &&
      (letter.direction === 'in' ? letter.kind === 'human' : letter.agentId !== ownId),
  );
  const answered = letters.find(
    (letter) => letter.messageId !== null && letter.messageId === draft.inReplyTo,
  );
  const since =
    answered === undefined
      ? others.slice(-1)
      : others.filter((letter) => letters.indexOf(letter) > letters.indexOf(answered));
  const to = new Set([...draft.to, ...draft.cc].map(({ address }) => normaliseAddress(address)));
  const deeds = activities
    .map(({ activity }) => activity)
    .filter(({ operation }) => {
      if (reason === 'ticket-closed') {
        return operation.kind === 'close-ticket' || operation.kind === 'close-by-silence';
      }
      return (
        reason === 'recipient-removed' &&
        operation.kind === 'remove-participant' &&
        to.has(normaliseAddress(operation.address))
      );
    });
  return [
    ...since.slice(-shownMoves).map((letter): HeldMove => ({ kind: 'letter', letter })),
    ...deeds
      .slice(reason === 'ticket-closed' ? -1 : -shownMoves)
      .map((activity): HeldMove => ({ kind: 'activity', activity })),
  ];
}
