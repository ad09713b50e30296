import { useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react';

/** An entry of a list that is followed. */
export interface FollowedEntry {
  /** Of its place in the list. */
  readonly key: string;
  /** Stays the same when another kind of entry takes its place. */
  readonly id: string;
  readonly isOwn: boolean;
}

/**
 * Shows the newest entry of a list that scrolls: at first, and whenever one comes that the agent made, or that comes
 * while the end is in view. Whoever reads further up stays there; `hasNewBelow` until the new entry is seen.
 *
 * The newest is the one that came last, wherever it stands: a letter that was long on its way is told of as well.
 */
export function useFollowing(
  list: RefObject<HTMLElement | null>,
  entries: readonly FollowedEntry[],
): { readonly hasNewBelow: boolean; readonly showNewest: () => void } {
  const [hasNewBelow, setHasNewBelow] = useState(false);
  const hasShown = useRef(false);
  const seenId = useRef<string | null>(null);
  const [arrived, setArrived] = useState(() => arrivals(noArrivals, entries));
  const now = arrivals(arrived, entries);
  if (now !== arrived) setArrived(now);
  const newest = entries.find(({ id }) => id === now.newestId);
  const key = newest?.key ?? null;
  const showsAtOnce = useEffectEvent(() => !hasShown.current || newest?.isOwn === true);

  useEffect(() => {
    const entry = key === null ? null : list.current?.querySelector(entryPlace(key));
    // What has been seen already may take another shape without being news.
    if (entry === undefined || entry === null || seenId.current === now.newestId) return;
    if (showsAtOnce()) entry.scrollIntoView({ block: 'start' });
    hasShown.current = true;
    let hasWaited = false;
    // It begins where the end was, so that it is in view at once if the end was; the margin is the gap between them.
    const observer = new IntersectionObserver(
      ([seen]) => {
        const isSeen = seen?.isIntersecting === true;
        const isAbove = seen !== undefined && seen.boundingClientRect.bottom <= (seen.rootBounds?.top ?? 0);
        setHasNewBelow(!isSeen && !isAbove);
        if (isSeen && !hasWaited) entry.scrollIntoView({ block: 'nearest' });
        if (isSeen) {
          seenId.current = now.newestId;
          observer.disconnect();
        }
        hasWaited = true;
      },
      { root: list.current, rootMargin: '0px 0px 24px' },
    );
    observer.observe(entry);
    return () => observer.disconnect();
  }, [list, key, now.newestId]);

  return {
    // What was called back is news no more.
    hasNewBelow: hasNewBelow && key !== null,
    showNewest: () => {
      if (key !== null) list.current?.querySelector(entryPlace(key))?.scrollIntoView({ block: 'start' });
    },
  };
}

/** What has come to a list until now. */
export interface Arrivals {
  readonly ids: ReadonlySet<string>;
  readonly newestId: string | null;
}

const noArrivals: Arrivals = { ids: new Set(), newestId: null };

/** With what is new among `entries`; the same object where nothing is. What is hidden for a while is not new again. */
export function arrivals(before: Arrivals, entries: readonly Pick<FollowedEntry, 'id'>[]): Arrivals {
  const fresh = entries.filter(({ id }) => !before.ids.has(id));
  const last = fresh.at(-1);
  if (last === undefined) return before;
  return { ids: before.ids.union(new Set(fresh.map(({ id }) => id))), newestId: last.id };
}

/** Selects an entry of the conversation. */
export function entryPlace(key: string): string {
  return `[data-entry="${CSS.escape(key)}"]`;
}
