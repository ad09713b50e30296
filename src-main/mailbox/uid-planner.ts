import type { UidSet } from '#shared/mail/uid-set.ts';

/** What a server says of a folder when it is opened, or later in untagged answers. */
export interface FolderState {
  readonly uidValidity: string;
  /** Null where the server does not say (RFC 3501 §6.3.1 lets old servers). */
  readonly uidNext: number | null;
  readonly exists: number;
  /** RFC 7162; null without CONDSTORE. */
  readonly highestModseq: string | null;
}

/** What is known of the folder. */
export interface KnownFolder {
  readonly uidValidity: string;
  readonly uids: UidSet;
  readonly synced: {
    readonly highestModseq: string | null;
    readonly uidNext: number;
    readonly exists: number;
  } | null;
}

export type SyncPlan =
  /** Everything is known already: no command is needed. */
  | { readonly kind: 'nothing' }
  /** Only letters from this UID on can be new: `UID SEARCH UID from:*`. */
  | { readonly kind: 'tail'; readonly from: number }
  /** List all UIDs and compare. */
  | { readonly kind: 'list' };

/**
 * Decides how to find out what changed in a folder.
 *
 * While UIDVALIDITY stands, UIDs are given in ascending order below UIDNEXT and never again (RFC 3501 §2.3.1.1): an
 * unchanged UIDNEXT means that nothing was added, and an unchanged number of letters then means that nothing was
 * removed. So opening the folder is enough to know that there is nothing to do. Where UIDNEXT is not told, an
 * unchanged HIGHESTMODSEQ says the same.
 */
export function planSync(known: KnownFolder, server: FolderState): SyncPlan {
  const { synced, uids } = known;
  if (known.uidValidity !== server.uidValidity || synced === null || uids.size !== synced.exists) {
    return server.exists === 0 && uids.size === 0 && server.uidNext !== null
      ? { kind: 'nothing' }
      : { kind: 'list' };
  }
  if (server.uidNext === null) {
    const unchanged =
      server.highestModseq !== null &&
      server.highestModseq === synced.highestModseq &&
      server.exists === synced.exists;
    return unchanged ? { kind: 'nothing' } : { kind: 'list' };
  }
  if (server.uidNext < synced.uidNext) return { kind: 'list' };
  if (server.exists === synced.exists && server.uidNext === synced.uidNext) return { kind: 'nothing' };
  return server.exists > synced.exists ? { kind: 'tail', from: synced.uidNext } : { kind: 'list' };
}

/** Whether the letters found at the end explain the server's count, so that nothing was removed. */
export function explainsCount(known: number, found: UidSet, exists: number): boolean {
  return known + found.size === exists;
}
