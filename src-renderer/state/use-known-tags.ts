import { useEffect, useState } from 'react';
import { useDesk } from './desk-context.ts';

/** The tags that tickets have now, in alphabetical order; none until the cache has answered. */
export function useKnownTags(): readonly string[] {
  const { cache } = useDesk();
  const [tags, setTags] = useState<readonly string[]>([]);
  useEffect(() => {
    let isWanted = true;
    void cache.tags().then((found) => {
      if (isWanted) setTags(found);
    });
    return () => {
      isWanted = false;
    };
  }, [cache]);
  return tags;
}
