import { useEffect, useState } from 'react';
import type { PutPresence } from '#shared/protocol/presence.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { useFollowedPresence } from '../../state/presence.ts';
import { watchIdle } from '../../state/watch-idle.ts';

/** Whoever has not touched the desk for so long is not at the ticket that is still on its screen. */
const idleMs = 5 * 60_000;

/** Lets colleagues know which ticket is on screen, and that an answer is being written; draws nothing. */
export function PresenceTeller() {
  const { bridge, session } = useDesk();
  const [isIdle, setIsIdle] = useState(false);
  const ticketId = usePanels((panels) => (panels.page === 'queue' ? panels.ticketId : null));
  const isAnswering = usePanels((panels) => panels.composingFor !== null);
  const { role } = session.agent;
  useFollowedPresence(bridge);
  useEffect(() => watchIdle(window, idleMs, setIsIdle), []);
  useEffect(() => {
    const said: PutPresence = {
      ticketId: isIdle || role === 'read-only' ? null : ticketId,
      activity: isAnswering ? 'answering' : 'viewing',
    };
    void bridge.call('presence.set', said);
    // With another role the desk begins anew behind the window, and knows nothing yet.
  }, [bridge, role, isIdle, ticketId, isAnswering]);
  return null;
}
