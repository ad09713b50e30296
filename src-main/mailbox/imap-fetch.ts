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

/**
 * The whole letters. A server may leave some out; the caller compares.
 *
 * A literal whose length is not RFC822.SIZE is doubtful, except of a server that is known to count otherwise.
 */
export async function fetchSources(client: ImapFlow, uids: UidSet): Promise<FetchedLetter[]> {
  const fetch = (some: UidSet): Promise<FetchedLetter[]> =>
    fetchRows(client, some, { source: true }, ({ source }) => source);
  const { letters, confirmed } = await fetchConfirmed(
    uids,
    fetch,
    ({ bytes, size }) => bytes.length !== size && !countsOtherwise.has(client),
  );
  if (confirmed.some(countsLinesOtherwise)) countsOtherwise.add(client);
  return letters;
}

/** Connections to servers whose RFC822.SIZE is not the length of what they send. */
const countsOtherwise = new WeakSet<ImapFlow>();

/** The difference is that of line ends with and without CR; any other is looked at each time. */
function countsLinesOtherwise({ bytes, size }: FetchedLetter): boolean {
  const lines = bytes.reduce((count, byte) => count + Number(byte === 0x0a), 0);
  return bytes.length !== size && Math.abs(bytes.length - size) <= lines;
}

/** The header bytes of the letters. RFC 3501 §6.4.5: the blank line is part of them unless the letter has none. */
export async function fetchHeaders(client: ImapFlow, uids: UidSet): Promise<FetchedLetter[]> {
  const fetch = (some: UidSet): Promise<FetchedLetter[]> =>
    fetchRows(client, some, { headers: true }, ({ headers }) => headers);
  const isCut = ({ bytes, size }: FetchedLetter): boolean => {
    const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(-4);
    return bytes.length !== size && end.toString('latin1') !== '\r\n\r\n';
  };
  return (await fetchConfirmed(uids, fetch, isCut)).letters;
}

async function fetchRows(
  client: ImapFlow,
  uids: UidSet,
  what: { source: true } | { headers: true },
  bytesOf: (row: FetchMessageObject) => Buffer | undefined,
): Promise<FetchedLetter[]> {
  const letters: FetchedLetter[] = [];
  const rows = client.fetch(uids.format(), { ...what, size: true, internalDate: true }, { uid: true });
  for await (const row of rows) {
    const bytes: unknown = bytesOf(row);
    if (bytes === undefined || !uids.has(row.uid)) continue;
    // imapflow tells of NIL by `false`, whatever its types say.
    letters.push(fetched(row, Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0)));
  }
  return letters;
}

/**
 * What came, without what is doubtful. Servers have announced literals shorter or longer than they were, and then bytes
 * of one letter are read as another's: the letter just before one that is missing is doubtful, too. Such a letter is
 * asked for again alone, and taken if it comes the same again; but never as nothing at all, which is how some servers
 * send what they cannot read.
 */
async function fetchConfirmed(
  uids: UidSet,
  fetch: (uids: UidSet) => Promise<FetchedLetter[]>,
  isCut: (letter: FetchedLetter) => boolean,
): Promise<{ letters: FetchedLetter[]; confirmed: FetchedLetter[] }> {
  const first = new Map((await fetch(uids)).map((letter) => [letter.uid, letter]));
  const doubtful = [...first.values()].filter((letter) => isNothing(letter) || isCut(letter));
  let before: FetchedLetter | undefined;
  for (const uid of uids.ascending()) {
    const letter = first.get(uid);
    if (letter === undefined && before !== undefined && !doubtful.includes(before)) doubtful.push(before);
    before = letter;
  }
  const confirmed: FetchedLetter[] = [];
  for (const letter of doubtful) {
    first.delete(letter.uid);
    const again = (await fetch(UidSet.of([letter.uid]))).find(({ uid }) => uid === letter.uid);
    if (again === undefined || !isSame(letter, again) || isNothing(again)) continue;
    first.set(again.uid, again);
    confirmed.push(again);
  }
  return { letters: [...first.values()], confirmed };
}

function isNothing({ bytes, size }: FetchedLetter): boolean {
  return bytes.length === 0 && size > 0;
}

function isSame(a: FetchedLetter, b: FetchedLetter): boolean {
  return a.size === b.size && a.internalDateAt === b.internalDateAt && Buffer.compare(a.bytes, b.bytes) === 0;
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
