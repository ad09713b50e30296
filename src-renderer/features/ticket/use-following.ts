import { useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react';

/**
 * Shows the newest entry of a list that scrolls: at first, and whenever one comes that the agent made, or that comes
 * while the end is in view. Whoever reads further up stays there; `hasNewBelow` until the new entry is seen.
 */
export function useFollowing(
  list: RefObject<HTMLElement | null>,
  newest: { readonly key: string; readonly isOwn: boolean } | null,
): { readonly hasNewBelow: boolean; readonly showNewest: () => void } {
  const [hasNewBelow, setHasNewBelow] = useState(false);
  const hasShown = useRef(false);
  const key = newest?.key ?? null;
  const isWanted = useEffectEvent(() => !hasShown.current || newest?.isOwn === true);

  useEffect(() => {
    const entry = key === null ? null : list.current?.querySelector(entryPlace(key));
    if (entry === undefined || entry === null) return;
    if (isWanted()) entry.scrollIntoView({ block: 'start' });
    hasShown.current = true;
    let hasWaited = false;
    // It begins where the end was, so that it is in view at once if the end was; the margin is the gap between them.
    const observer = new IntersectionObserver(
      ([seen]) => {
        const isSeen = seen?.isIntersecting === true;
        setHasNewBelow(!isSeen);
        if (isSeen && !hasWaited) entry.scrollIntoView({ block: 'nearest' });
        if (isSeen) observer.disconnect();
        hasWaited = true;
      },
      { root: list.current, rootMargin: '0px 0px 24px' },
    );
    observer.observe(entry);
    return () => observer.disconnect();
  }, [list, key]);

  return {
    hasNewBelow,
    showNewest: () => {
      if (key !== null) list.current?.querySelector(entryPlace(key))?.scrollIntoView({ block: 'start' });
    },
  };
}

/** Selects an entry of the conversation. */
export function entryPlace(key: string): string {
  return `[data-entry="${CSS.escape(key)}"]`;
}
