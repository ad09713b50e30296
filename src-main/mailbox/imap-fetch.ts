import type { FetchMessageObject, ImapFlow, SearchObject } from 'imapflow';
import { UidSet } from '#shared/mail/uid-set.ts';

/*
 * The IMAP commands the desk reads with. All by UID, all BODY.PEEK, all in a folder opened with EXAMINE.
 */

/** UIDs in one command: even if none are neighbours the line stays below the 8,192 octets of RFC 7162 §4. */
const uidsPerCommand = 700;

/** A letter's bytes and what the server says of it. */
export interface FetchedLetter {
  readonly uid: number;
  readonly bytes: Uint8Array;
  /** RFC822.SIZE. */
  readonly size: number;
  /** INTERNALDATE; null where the server's cannot be read. */
  readonly internalDateAt: number | null;
}

/** UIDs of the letters that match; asks for the compact answer (RFC 4731) where the server has it. */
export async function searchUids(client: ImapFlow, query: SearchObject): Promise<UidSet> {
  const found = await client.search(query, { uid: true, returnOptions: ['ALL'] });
  if (Array.isArray(found)) return UidSet.of(found);
  if (found === false || found === undefined) throw new Error('The folder is not open.');
  return UidSet.parse(found.all ?? '');
}

/** UIDs from `from` on; a server answers `n:*` with its last letter even if that is older (RFC 3501 §6.4.8). */
export async function searchFrom(client: ImapFlow, from: number): Promise<UidSet> {
  const found = await searchUids(client, { uid: `${from}:*` });
  return found.difference(UidSet.range(1, from - 1));
}

/** The whole letters. A server may leave some out; the caller compares. */
export async function fetchSources(client: ImapFlow, uids: UidSet): Promise<FetchedLetter[]> {
  const letters: FetchedLetter[] = [];
  const rows = client.fetch(uids.format(), { source: true, size: true, internalDate: true }, { uid: true });
  for await (const row of rows) {
    if (row.source !== undefined && uids.has(row.uid)) letters.push(fetched(row, row.source));
  }
  return letters;
}

/** The header bytes of the letters. */
export async function fetchHeaders(client: ImapFlow, uids: UidSet): Promise<FetchedLetter[]> {
  const letters: FetchedLetter[] = [];
  const rows = client.fetch(uids.format(), { headers: true, size: true, internalDate: true }, { uid: true });
  for await (const row of rows) {
    if (row.headers !== undefined && uids.has(row.uid)) letters.push(fetched(row, row.headers));
  }
  return letters;
}

/** RFC822.SIZE of the letters. */
export async function fetchSizes(client: ImapFlow, uids: UidSet): Promise<Map<number, number>> {
  const sizes = new Map<number, number>();
  for (const part of uids.newestFirst(uidsPerCommand)) {
    for await (const row of client.fetch(part.format(), { size: true }, { uid: true })) {
      if (row.size !== undefined && part.has(row.uid)) sizes.set(row.uid, row.size);
    }
  }
  return sizes;
}

/** INTERNALDATE of the letters; null where it cannot be read. */
export async function fetchDates(client: ImapFlow, uids: UidSet): Promise<Map<number, number | null>> {
  const dates = new Map<number, number | null>();
  for (const part of uids.newestFirst(uidsPerCommand)) {
    for await (const row of client.fetch(part.format(), { internalDate: true }, { uid: true })) {
      if (row.internalDate !== undefined && part.has(row.uid)) dates.set(row.uid, dateAt(row));
    }
  }
  return dates;
}

function fetched(row: FetchMessageObject, bytes: Uint8Array): FetchedLetter {
  return { uid: row.uid, bytes, size: row.size ?? bytes.length, internalDateAt: dateAt(row) };
}

function dateAt(row: FetchMessageObject): number | null {
  const at = row.internalDate instanceof Date ? row.internalDate.getTime() : Number.NaN;
  return Number.isFinite(at) ? at : null;
}
