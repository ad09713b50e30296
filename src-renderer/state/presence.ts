import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { Equal as isEqual } from 'typebox/value';
import type { Bridge } from '#shared/bridge/bridge-client.ts';
import type { TicketId } from '#shared/ids.ts';
import type { Presence, PresentAgent } from '#shared/protocol/presence.ts';
import { useDesk } from './desk-context.ts';
import { follow } from './follow.ts';

type ByTicket = ReadonlyMap<TicketId, readonly PresentAgent[]>;

interface PresenceState {
  readonly colleagues: ByTicket;
  readonly show: (presence: Presence) => void;
}

/** Who else has which ticket before them. A hint for people: no action looks at it. */
export const usePresence = create<PresenceState>()((set) => ({
  colleagues: new Map(),
  show: ({ present }) =>
    set(({ colleagues }) => {
      const next = Map.groupBy(present, ({ ticketId }) => ticketId);
      // Where nothing changed the same list stays, so that nothing is drawn again.
      const kept = Array.from(next, ([ticketId, list]): [TicketId, readonly PresentAgent[]] => {
        const before = colleagues.get(ticketId);
        return [ticketId, before !== undefined && isEqual(before, list) ? before : list];
      });
      return { colleagues: new Map(kept) };
    }),
}));

/** Keeps the state above as the main process tells it, while somebody is signed in. */
export function useFollowedPresence(bridge: Bridge): void {
  useEffect(() => {
    const { show } = usePresence.getState();
    const stop = follow(
      () => bridge.call('presence.get', {}),
      (listener) => bridge.on('presence.changed', listener),
      show,
    );
    return () => {
      stop();
      show({ present: [] });
    };
  }, [bridge]);
}

/** Who else is at a ticket, in words; null where nobody is. */
export interface ColleagueWords {
  /** Names of those who answer; empty where nobody does. */
  readonly answering: string;
  /** Everybody, with what they do, those who answer first. */
  readonly all: string;
}

export function useColleagueWords(ticketId: TicketId | null): ColleagueWords | null {
  const { t } = useTranslation();
  const { agents } = useDesk();
  const present = usePresence(({ colleagues }) => (ticketId === null ? undefined : colleagues.get(ticketId)));
  if (present === undefined) return null;
  const names = (activity: PresentAgent['activity']): readonly string[] =>
    present
      .filter((entry) => entry.activity === activity)
      .map(({ agentId }) => agents.get(agentId)?.name ?? t('ticket.colleague'));
  const [answering, viewing] = [names('answering'), names('viewing')];
  const parts = [
    ...(answering.length === 0
      ? []
      : [t('presence.answering', { names: answering.join(', '), count: answering.length })]),
    ...(viewing.length === 0
      ? []
      : [t('presence.viewing', { names: viewing.join(', '), count: viewing.length })]),
  ];
  return { answering: answering.join(', '), all: parts.join('. ') };
}
