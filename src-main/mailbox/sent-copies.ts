import type { ImapFlow } from 'imapflow';
import { searchUids } from './imap-fetch.ts';

/** How many letters in the open folder carry that Message-ID (with angle brackets). */
export async function countCopies(client: ImapFlow, messageId: string): Promise<number> {
  // What others filed since the folder was opened shows after a NOOP (RFC 3501 §6.1.2).
  await client.noop();
  return (await searchUids(client, { header: { 'message-id': messageId } })).size;
}

/**
 * Files a sent letter unless the folder shows it already: SMTP servers of some providers file it themselves.
 *
 * The server's OK to APPEND is its word (RFC 3501 §6.3.11): `filed`, even where its SEARCH lags behind. Who did not
 * hear that word may ask again, and gets a second copy only from a server that does not show the first. Of two desks
 * that file the same letter at the same moment both may.
 */
export async function fileCopy(
  client: ImapFlow,
  path: string,
  messageId: string,
  bytes: Uint8Array,
): Promise<'filed' | 'already-there'> {
  if ((await countCopies(client, messageId)) > 0) return 'already-there';
  const flags = ['\\Seen'];
  const answer = await client.append(
    path,
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    flags,
  );
  if (answer === false) throw new Error('The connection took no APPEND.');
  if (answer.seq === undefined) await lookAgain(client, path);
  return 'filed';
}

/** A server need not announce a letter to the connection that brought it; a folder opened anew tells of it. */
async function lookAgain(client: ImapFlow, path: string): Promise<void> {
  try {
    await client.mailboxOpen(path, { readOnly: true });
  } catch {
    // The copy is filed whatever happens next; the session opens its folder again or starts anew.
  }
}
