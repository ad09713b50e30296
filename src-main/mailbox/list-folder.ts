import type { ImapFlow } from 'imapflow';
import { UidSet } from '#shared/mail/uid-set.ts';
import { searchUids } from './imap-fetch.ts';
import { explainsCount } from './uid-planner.ts';

/** UIDs that a folder has. */
export interface Listing {
  readonly uids: UidSet;
  /** How many letters the folder has, those that were not asked for too. */
  readonly exists: number;
  /** Greater than any UID found, those that were not asked for too. */
  readonly next: number;
  /** SEARCH found as many as EXISTS counts: nothing was left out. */
  readonly isWhole: boolean;
}

/**
 * All letters of the open folder, or those received since a day.
 *
 * NOOP goes first: a server need not find by SEARCH what it has not told of yet (RFC 3501 §5.2). An answer that the
 * count of the folder does not bear out is asked for once more, with the folder opened anew; if it is still short,
 * nothing may be concluded from what is missing in it.
 */
export async function listFolder(client: ImapFlow, since: Date | null): Promise<Listing> {
  const first = await listOnce(client, since);
  if (first.isWhole || client.mailbox === false) return first;
  await client.mailboxOpen(client.mailbox.path, { readOnly: true });
  return await listOnce(client, since);
}

async function listOnce(client: ImapFlow, since: Date | null): Promise<Listing> {
  await client.noop();
  const uids = await searchUids(client, since === null ? { all: true } : { since });
  const exists = existsOf(client);
  if (uids.size === exists) return { uids, exists, next: uids.greatest() + 1, isWhole: true };
  const others = since === null ? UidSet.empty : await searchUids(client, { before: since });
  // What came or went during the searches makes the answers differ; the next look settles it.
  const all = uids.union(others);
  const isWhole = all.size === exists && existsOf(client) === exists;
  return { uids, exists, next: all.greatest() + 1, isWhole };
}

/** What came since `from` was the next UID; whole if that explains the count of a folder that had `known` letters. */
export async function listTail(client: ImapFlow, from: number, known: number): Promise<Listing> {
  await client.noop();
  const found = await searchUids(client, { uid: `${from}:*` });
  // A server answers `n:*` with its last letter even if that is older (RFC 3501 §6.4.8).
  const uids = found.difference(UidSet.range(1, from - 1));
  const exists = existsOf(client);
  const next = Math.max(from, uids.greatest() + 1);
  return { uids, exists, next, isWhole: explainsCount(known, uids, exists) };
}

function existsOf(client: ImapFlow): number {
  return client.mailbox === false ? 0 : client.mailbox.exists;
}
