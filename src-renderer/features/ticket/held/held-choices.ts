import type { Outgoing } from '#shared/bridge/draft.ts';
import type { CommandId } from '../../../commands/command-list.ts';
import { outgoingDecisions } from '../outgoing-decisions.ts';

/** Whose words go on: what came meanwhile alone, the own answer as it is, or an answer to both. */
export type HeldChoice = 'theirs' | 'mine' | 'both';

/** A choice that is open, its key, and what is asked before it is carried out; null for nothing. */
export interface OfferedChoice {
  readonly choice: HeldChoice;
  readonly command: Extract<CommandId, `held.${HeldChoice}`>;
  readonly asks: 'send' | 'drop' | null;
}

/**
 * The ways out of a held letter.
 *
 * Dropping it is undone by a key and asks nothing, unless files go with it, which nothing brings back. The first letter
 * of a ticket is not dropped here: the ticket would go with it.
 */
export function heldChoices(outgoing: Outgoing): readonly OfferedChoice[] {
  const { draft, state } = outgoing;
  if (state !== 'held') return [];
  const sends = outgoingDecisions(outgoing).find(({ decision }) => decision === 'send');
  const theirs: OfferedChoice = {
    choice: 'theirs',
    command: 'held.theirs',
    asks: draft.attachments.length > 0 ? 'drop' : null,
  };
  return [
    ...(draft.purpose === 'letter' ? [] : [theirs]),
    { choice: 'mine', command: 'held.mine', asks: sends?.asks === true ? 'send' : null },
    { choice: 'both', command: 'held.both', asks: null },
  ];
}
