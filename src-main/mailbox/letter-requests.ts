import type { ImapFlow } from 'imapflow';
import type { AttachmentRequest } from '#shared/bridge/streams.ts';
import type { LetterId } from '#shared/ids.ts';
import { letterIdentity } from '#shared/mail/identity.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { LetterLocation, MailFolder } from '#shared/ticket/letter.ts';
import { fetchHeaders, fetchSources } from './imap-fetch.ts';
import { fetchLargeLetter, parseLargeLetter } from './large-letter.ts';
import { serverFacts, type LetterRenderer } from './letter-renderer.ts';
import type { MailboxError } from './mailbox-error.ts';
import { mailLimits } from './mail-limits.ts';
import type { MailSession } from './mail-session.ts';
import { extractAttachment } from './parse/parse-letter.ts';
import { UidSet } from '#shared/mail/uid-set.ts';

export interface Attachment {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface LetterRequestsOptions {
  readonly renderer: LetterRenderer;
  /** The session for what people ask for; null when not connected. */
  readonly session: () => MailSession | null;
  readonly path: (folder: MailFolder) => string | null;
}

type PlaceResult<T> = { readonly found: true; readonly value: T } | { readonly found: false };

/** What people ask of single letters, beside the streams and on the other connection. */
export class LetterRequests {
  readonly #options: LetterRequestsOptions;

  constructor(options: LetterRequestsOptions) {
    this.#options = options;
  }

  /** The letter's line for the stream, with the texts also of a large one. */
  async line(
    id: LetterId,
    locations: readonly LetterLocation[],
  ): Promise<Result<Uint8Array<ArrayBuffer>, MailboxError>> {
    const { renderer } = this.#options;
    return await this.#atFirstPlace(id, locations, async (client, location, size) => {
      if (size > mailLimits.letterBytes) {
        const large = await fetchLargeLetter(client, location.uid, true);
        return large === null
          ? notHere
          : { found: true, value: () => renderer.largeLine(location, large, true) };
      }
      const [letter] = await fetchSources(client, UidSet.of([location.uid]));
      if (letter === undefined) return notHere;
      return { found: true, value: () => renderer.lines([{ letter, location }]) };
    });
  }

  /** An attachment's decoded bytes; of a large letter only that part is fetched. */
  async attachment(request: AttachmentRequest): Promise<Result<Attachment, MailboxError>> {
    const { renderer } = this.#options;
    const { letterId, locations, index } = request;
    let tooLarge = false;
    const answer = await this.#atFirstPlace(letterId, locations, async (client, { uid }, size) => {
      if (size > mailLimits.letterBytes) {
        const large = await fetchLargeLetter(client, uid, false);
        const described = large === null ? undefined : parseLargeLetter(large).attachments[index];
        if (described === undefined) return notHere;
        if (described.size > mailLimits.attachmentBytes) {
          tooLarge = true;
          return notHere;
        }
        const bytes = await downloadPart(client, uid, described.partId);
        if (bytes === null) return notHere;
        return { found: true, value: async () => ({ name: described.name, type: described.type, bytes }) };
      }
      const [letter] = await fetchSources(client, UidSet.of([uid]));
      if (letter === undefined) return notHere;
      return {
        found: true,
        value: async () => {
          const described = (await renderer.content(letter))?.attachments[index];
          const bytes = described === undefined ? null : extractAttachment(letter.bytes, index);
          if (described === undefined || bytes === null) return null;
          return { name: described.name, type: described.type, bytes: new Uint8Array(bytes) };
        },
      };
    });
    if (tooLarge) return err({ kind: 'too-large' });
    if (!answer.ok) return answer;
    return answer.value === null ? err({ kind: 'not-found' }) : ok(answer.value);
  }

  /**
   * Looks for the letter at the places given and does `fetch` where it is. What takes no connection (`value`) is done
   * after the connection was given back.
   */
  async #atFirstPlace<T>(
    id: LetterId,
    locations: readonly LetterLocation[],
    fetch: (
      client: ImapFlow,
      location: LetterLocation,
      size: number,
    ) => Promise<PlaceResult<() => Promise<T>>>,
  ): Promise<Result<T, MailboxError>> {
    try {
      for (const location of locations) {
        const session = this.#options.session();
        if (session === null) return err({ kind: 'unreachable' });
        const path = this.#options.path(location.folder);
        if (path === null) continue;
        const result = await session.run(
          'asked-for',
          path,
          async (client): Promise<PlaceResult<() => Promise<T>>> => {
            const { mailbox } = client;
            if (mailbox === false || mailbox.uidValidity.toString() !== location.uidValidity) return notHere;
            const [header] = await fetchHeaders(client, UidSet.of([location.uid]));
            if (header === undefined || letterIdentity(header.bytes, serverFacts(header)) !== id)
              return notHere;
            return await fetch(client, location, header.size);
          },
        );
        if (result.found) return ok(await result.value());
      }
      return err({ kind: 'not-found' });
    } catch (error) {
      return err(requestError(error));
    }
  }
}

const notHere = { found: false } as const;

/** What a failed job means for whoever asked. */
export function requestError(error: unknown): MailboxError {
  return {
    kind: error instanceof Error && error.name === 'ConnectionLost' ? 'unreachable' : 'server-failed',
  };
}

/** One MIME part, transfer encoding removed, in pieces that stay below the limit of a literal. */
async function downloadPart(
  client: ImapFlow,
  uid: number,
  part: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const download = await client.download(`${uid}`, part, {
    uid: true,
    decodeText: false,
    chunkSize: 2_000_000,
    maxBytes: mailLimits.attachmentBytes,
  });
  if (download.content === undefined) return null;
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of download.content) {
    if (!(piece instanceof Uint8Array)) continue;
    pieces.push(piece);
    length += piece.length;
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
