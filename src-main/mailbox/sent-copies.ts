import type { ImapFlow } from 'imapflow';
import { searchUids } from './imap-fetch.ts';

/** How many letters in the open folder carry that Message-ID (with angle brackets). */
export async function countCopies(client: ImapFlow, messageId: string): Promise<number> {
  // What others filed since the folder was opened shows after a NOOP (RFC 3501 §6.1.2).
  await client.noop();
  return (await searchUids(client, { header: { 'message-id': messageId } })).size;
}

/**
 * Files a sent letter unless the folder has it: SMTP servers of some providers file it themselves.
 *
 * Of two desks that file the same letter at the same moment both may; a desk alone never files twice, however often
 * it asks.
 */
export async function fileCopy(
  client: ImapFlow,
  path: string,
  messageId: string,
  bytes: Uint8Array,
): Promise<'filed' | 'already-there'> {
  if ((await countCopies(client, messageId)) > 0) return 'already-there';
  await client.append(path, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), ['\\Seen']);
  if ((await countCopies(client, messageId)) === 0)
    throw new Error('The server took the copy and does not show it.');
  return 'filed';
}
