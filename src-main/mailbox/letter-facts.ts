import type { LetterFacts, LetterLocation } from '#shared/ticket/letter.ts';
import { fetchSources, type FetchedLetter } from './imap-fetch.ts';
import { serverFacts, type LetterRenderer } from './letter-renderer.ts';
import { mailLimits } from './mail-limits.ts';
import type { MailSession } from './mail-session.ts';
import { parseHeadersOnly } from './parse/parse-letter.ts';
import { UidSet } from '#shared/mail/uid-set.ts';

const maxAddresses = 1_000;

/**
 * What the ticket API is told of a letter, from its header.
 *
 * A multipart/report (RFC 6522) says only in its body whether something failed or was merely delayed or delivered, so
 * those are read whole.
 */
export async function letterFacts(
  header: FetchedLetter,
  location: LetterLocation,
  receivedAt: number,
  session: MailSession,
  renderer: LetterRenderer,
): Promise<LetterFacts> {
  const head = parseHeadersOnly(header.bytes, serverFacts(header));
  let { kind } = head;
  if (isReport(header.bytes) && header.size <= mailLimits.letterBytes) {
    const [whole] = await session.run('ingest', session.home, (client) =>
      fetchSources(client, UidSet.of([location.uid])),
    );
    kind = (whole === undefined ? null : await renderer.content(whole))?.kind ?? kind;
  }
  return {
    id: head.id,
    location,
    messageId: head.messageId,
    inReplyTo: [...head.inReplyTo],
    references: [...head.references],
    from: head.from,
    to: head.to.slice(0, maxAddresses),
    cc: head.cc.slice(0, maxAddresses),
    subject: head.subject,
    receivedAt,
    size: header.size,
    kind,
    bounce: null,
    hops: 0,
  };
}

function isReport(header: Uint8Array): boolean {
  const text = Buffer.from(header.buffer, header.byteOffset, header.byteLength).toString('latin1');
  return /^content-type:\s*multipart\/report\b/imu.test(text);
}
