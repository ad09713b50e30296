import { splitHeaderFields } from '#shared/mail/header-fields.ts';
import type { LetterHeader } from '#shared/mail/letter-header.ts';
import { hopHeader, parseHops } from '#shared/mail/own-letters.ts';
import type { BounceReport, LetterFacts, LetterLocation } from '#shared/ticket/letter.ts';
import { fetchSources, type FetchedLetter } from './imap-fetch.ts';
import { serverFacts, type LetterRenderer } from './letter-renderer.ts';
import { mailLimits } from './mail-limits.ts';
import type { MailSession } from './mail-session.ts';
import { HeaderValues } from './parse/header-values.ts';
import { parseHeadersOnly } from './parse/parse-letter.ts';
import { UidSet } from '#shared/mail/uid-set.ts';

const maxAddresses = 1_000;

/**
 * What the ticket API is told of a letter, from its header.
 *
 * A multipart/report (RFC 6522) says only in its body whether something failed or was merely delayed or delivered, and
 * any bounce says there which letter it was, so those are read whole. Null where the server does not deliver one: it is
 * not known yet what it says.
 */
export async function letterFacts(
  header: FetchedLetter,
  location: LetterLocation,
  receivedAt: number,
  session: MailSession,
  renderer: LetterRenderer,
): Promise<LetterFacts | null> {
  const head = parseHeadersOnly(header.bytes, serverFacts(header));
  const isNotice = isReport(header.bytes) || head.kind === 'bounce';
  const isRead = isNotice && header.size <= mailLimits.letterBytes;
  const source = isRead ? await fetchWhole(location, session) : null;
  if (source === undefined) return null;
  const whole = source === null ? null : await renderer.content(source);
  const kind = whole?.kind ?? head.kind;
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
    bounce: kind === 'bounce' ? (whole?.bounce ?? unreadBounce(head)) : null,
    hops: parseHops(new HeaderValues(splitHeaderFields(header.bytes).fields).first(hopHeader.toLowerCase())),
  };
}

async function fetchWhole(
  location: LetterLocation,
  session: MailSession,
): Promise<FetchedLetter | undefined> {
  const [source] = await session.run('ingest', session.home, (client) =>
    fetchSources(client, UidSet.of([location.uid])),
  );
  return source;
}

/** Of a notice that is too large to be read, or cannot be: servers that refer to the letter that bounced do it here. */
function unreadBounce({ inReplyTo }: LetterHeader): BounceReport {
  return { messageId: inReplyTo[0] ?? null, recipients: [] };
}

function isReport(header: Uint8Array): boolean {
  const text = Buffer.from(header.buffer, header.byteOffset, header.byteLength).toString('latin1');
  return /^content-type:\s*multipart\/report\b/imu.test(text);
}
