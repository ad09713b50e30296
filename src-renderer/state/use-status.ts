import { useEffect, useState } from 'react';
import type { Bridge } from '#shared/bridge/bridge-client.ts';
import type { DeskStatus } from '#shared/bridge/desk-status.ts';

/** Connections, progress and counts; null until the main process has said so. */
export function useStatus(bridge: Bridge): DeskStatus | null {
  const [status, setStatus] = useState<DeskStatus | null>(null);
  useEffect(() => {
    let current = true;
    let heard = false;
    const stop = bridge.on('status.changed', (changed) => {
      heard = true;
      setStatus(changed);
    });
    void bridge.call('status.get', {}).then((got) => {
      if (current && !heard && got.ok) setStatus(got.value);
    });
    return () => {
      current = false;
      stop();
    };
  }, [bridge]);
  return status;
}
