import { Value } from 'typebox/value';
import type { TSchema, Static } from 'typebox';
import type { BridgeError } from '#shared/bridge/bridge-error.ts';
import type { DraftAttachment } from '#shared/bridge/draft.ts';
import {
  AttachmentRequestSchema,
  ChangesRequestSchema,
  LettersRequestSchema,
  streamPaths,
  type ChangesFrame,
  type ChangesRequest,
  type LettersRequest,
  type PendingFrame,
} from '#shared/bridge/streams.ts';
import type { Journal } from './journal/journal.ts';
import { pendingSnapshot } from './journal/pending-changes.ts';
import { ndjsonResponse } from './streams/ndjson-response.ts';
import { localKind } from './local-kind.ts';
import { mailboxKind } from './mailbox-kind.ts';
import type { Workplace } from './workplace.ts';

/** The changes behind a cursor, for the reader who is at `place`. */
export type ReadChanges = (
  place: Workplace,
  request: ChangesRequest,
  signal: AbortSignal,
) => AsyncIterable<ChangesFrame>;

/** Answers the app scheme's bulk requests (`src-shared/bridge/streams.ts`); 503 while nobody is signed in. */
export async function answerStream(
  request: Request,
  place: Workplace | null,
  readChanges: ReadChanges,
): Promise<Response> {
  if (place === null) return failure('not-signed-in', 503);
  const url = new URL(request.url);
  switch (url.pathname) {
    case streamPaths.changes:
      return await stream(request, ChangesRequestSchema, place, (wanted, signal) =>
        readChanges(place, wanted, signal),
      );
    case streamPaths.letters:
      return await stream(request, LettersRequestSchema, place, (wanted, signal) =>
        letters(place, wanted, signal),
      );
    case streamPaths.pending:
      return ndjsonResponse((signal) =>
        pendingFrames(place.journal, AbortSignal.any([signal, place.closing.signal])),
      );
    case streamPaths.upload:
      return await upload(request, url, place);
    case streamPaths.attachment:
      return await attachment(request, place);
    default:
      return new Response(null, { status: 404 });
  }
}

async function stream<S extends TSchema>(
  request: Request,
  schema: S,
  place: Workplace,
  frames: (wanted: Static<S>, signal: AbortSignal) => AsyncIterable<object | Uint8Array>,
): Promise<Response> {
  const wanted: unknown = await request.json().catch(() => null);
  if (!Value.Check(schema, wanted)) return failure('invalid', 400);
  return ndjsonResponse((signal) => frames(wanted, AbortSignal.any([signal, place.closing.signal])));
}

/**
 * Ends when the mailbox changes: the reader asks again and gets the new one. Chunks come as whole lines, and leave without
 * the last line's end, which the response puts back.
 */
async function* letters(
  place: Workplace,
  wanted: LettersRequest,
  signal: AbortSignal,
): AsyncGenerator<object | Uint8Array> {
  const { mailbox, mailboxEnds } = place;
  const open = AbortSignal.any([signal, mailboxEnds]);
  if (mailbox === null) await aborted(open);
  else for await (const lines of mailbox.letterLines(wanted, open)) yield lines.subarray(0, -1);
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve, { once: true });
  });
}

/** Everything that is pending, then each change of it in the order of the journal. */
export async function* pendingFrames(journal: Journal, signal: AbortSignal): AsyncGenerator<PendingFrame> {
  const waiting: PendingFrame[] = [];
  let ring = (): void => {};
  const stop = journal.subscribe((change) => {
    waiting.push({ type: 'change', change });
    ring();
  });
  signal.addEventListener('abort', () => ring());
  try {
    yield { type: 'snapshot', changes: pendingSnapshot(journal.state) };
    while (!signal.aborted) {
      yield* waiting.splice(0);
      if (waiting.length > 0 || signal.aborted) continue;
      await new Promise<void>((resolve) => {
        ring = resolve;
      });
    }
  } finally {
    stop();
  }
}

async function upload(request: Request, url: URL, place: Workplace): Promise<Response> {
  const name = (url.searchParams.get('name') ?? '').slice(0, 255);
  const type = (url.searchParams.get('type') ?? '').slice(0, 255);
  if (name === '' || request.body === null) return failure('invalid', 400);
  const stored = await place.attachments.put(request.body);
  if (!stored.ok) return failure(localKind(stored.error));
  const added: DraftAttachment = {
    ...stored.value,
    name,
    type: type === '' ? 'application/octet-stream' : type,
  };
  return Response.json({ attachment: added });
}

async function attachment(request: Request, place: Workplace): Promise<Response> {
  const wanted: unknown = await request.json().catch(() => null);
  if (!Value.Check(AttachmentRequestSchema, wanted)) return failure('invalid', 400);
  if (place.mailbox === null) return failure('no-mailbox');
  const found = await place.mailbox.attachment(wanted);
  if (!found.ok) return failure(mailboxKind(found.error));
  const { bytes } = found.value;
  // Never shown by its own type: the page saves it or shows what it knows to be harmless.
  return new Response(new Uint8Array(bytes), { headers: { 'content-type': 'application/octet-stream' } });
}

function failure(kind: BridgeError['kind'], status = 422): Response {
  const error: BridgeError = { kind };
  return Response.json({ error }, { status });
}
