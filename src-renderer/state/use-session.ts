import { useEffect, useState } from 'react';
import type { Bridge } from '#shared/bridge/bridge-client.ts';
import type { SessionState } from '#shared/bridge/desk-status.ts';
import { follow } from './follow.ts';

/** Who works here; null until the main process has said so. */
export function useSession(bridge: Bridge): SessionState | null {
  const [session, setSession] = useState<SessionState | null>(null);
  useEffect(
    () =>
      follow(
        () => bridge.call('session.get', {}),
        (listener) => bridge.on('session.changed', listener),
        setSession,
      ),
    [bridge],
  );
  return session;
}
