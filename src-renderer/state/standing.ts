import { useEffect } from 'react';
import { create } from 'zustand';
import { Equal as isEqual } from 'typebox/value';
import type { Bridge } from '#shared/bridge/bridge-client.ts';
import type { DeskStatus } from '#shared/bridge/desk-status.ts';
import type { CacheClient } from '../cache/cache-client.ts';
import type { CacheState } from '../cache/cache-views.ts';
import { follow } from './follow.ts';

interface Standing {
  /** Connections, progress and counts; null until the main process has said so. */
  readonly status: DeskStatus | null;
  /** How much of the desk's own data is here; null until the cache has said so. */
  readonly cacheState: CacheState | null;
}

const unknown: Standing = { status: null, cacheState: null };

/**
 * How the desk stands. It changes many times a second while a mailbox is read: ask for the part that is shown, so that
 * nothing else is drawn again. Parts that did not change stay the same objects.
 */
export const useStanding = create<Standing>()(() => unknown);

/** Keeps the state above as the main process and the cache tell it, while somebody is signed in. */
export function useFollowedStanding(bridge: Bridge, cache: CacheClient): void {
  useEffect(() => {
    const stop = follow(
      () => bridge.call('status.get', {}),
      (listener) => bridge.on('status.changed', listener),
      (status) => useStanding.setState(({ status: before }) => ({ status: withKnown(status, before) })),
    );
    const stopCache = cache.watchState((cacheState) => useStanding.setState({ cacheState }));
    return () => {
      stop();
      stopCache();
      useStanding.setState(unknown);
    };
  }, [bridge, cache]);
}

function withKnown(status: DeskStatus, before: DeskStatus | null): DeskStatus {
  if (before === null) return status;
  const kept = <Part extends object>(part: Part, known: Part): Part => (isEqual(part, known) ? known : part);
  return { ...status, mailbox: kept(status.mailbox, before.mailbox), api: kept(status.api, before.api) };
}
