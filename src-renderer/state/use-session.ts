import { useEffect, useState } from 'react';
import type { Bridge } from '#shared/bridge/bridge-client.ts';
import type { SessionState } from '#shared/bridge/desk-status.ts';

/** Who works here; null until the main process has said so. */
export function useSession(bridge: Bridge): SessionState | null {
  const [session, setSession] = useState<SessionState | null>(null);
  useEffect(() => {
    let current = true;
    let heard = false;
    const stop = bridge.on('session.changed', (changed) => {
      heard = true;
      setSession(changed);
    });
    void bridge.call('session.get', {}).then((got) => {
      // An event that came meanwhile is newer than the answer.
      if (current && !heard && got.ok) setSession(got.value);
    });
    return () => {
      current = false;
      stop();
    };
  }, [bridge]);
  return session;
}
