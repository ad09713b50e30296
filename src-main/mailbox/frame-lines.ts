import { deflateRawSync } from 'node:zlib';
import { packParts } from '#shared/bridge/packed-parts.ts';
import type { LettersFrame } from '#shared/bridge/streams.ts';
import { chunksOf, type ChunkLimits } from '#shared/chunks.ts';
import type { LetterId } from '#shared/ids.ts';
import type { LetterLocation } from '#shared/ticket/letter.ts';

const encoder = new TextEncoder();
const lineEnd = encoder.encode('}\n');

/** Fewer letters go one by one: what is read as it comes is not worth a bundle. */
const worthBundle = 16;
/** A letter is read with its whole bundle, so that long ones get smaller bundles. */
const bundleLimits: ChunkLimits = { items: 256, weight: 400_000 };
/** What comes out of a bundle fits into one. */
const deflatedChunk = 1 << 17;

/** One frame as a line of NDJSON. */
export function frameLine(frame: LettersFrame): Uint8Array<ArrayBuffer> {
  return encoder.encode(`${JSON.stringify(frame)}\n`);
}

/** What the parser's thread makes of a letter. */
export interface ReadLetter {
  readonly id: LetterId;
  /** Of its `LetterContent`. */
  readonly json: Uint8Array;
}

/** A letter's place and what was made of it. */
export interface RenderedLetter {
  readonly location: LetterLocation;
  /** Null where it cannot be read. */
  readonly read: ReadLetter | null;
}

type Readable = RenderedLetter & { readonly read: ReadLetter };

/**
 * The lines of several letters of one folder, newest first, in one piece of memory of its own, so that it can be handed
 * to another thread. What cannot be read comes last.
 */
export function letterLines(letters: readonly RenderedLetter[]): Uint8Array<ArrayBuffer> {
  const readable = letters.filter((letter): letter is Readable => letter.read !== null);
  const pieces =
    readable.length < worthBundle
      ? readable.flatMap(letterLine)
      : chunksOf(readable, ({ read }) => read.json.length, bundleLimits).map(bundleLine);
  for (const { location, read } of letters) {
    if (read === null) pieces.push(frameLine({ type: 'unreadable', location }));
  }
  return joined(pieces);
}

/** In pieces, so that its text is copied once. */
function letterLine({ location, read }: Readable): Uint8Array[] {
  const head = encoder.encode(`{"type":"letter","location":${JSON.stringify(location)},"content":`);
  return [head, read.json, lineEnd];
}

function bundleLine(letters: readonly Readable[]): Uint8Array<ArrayBuffer> {
  const [first] = letters;
  if (first === undefined) return new Uint8Array();
  const { folder, uidValidity } = first.location;
  // A millisecond of this thread; handed to another one it takes three times the work. Level 1 takes a tenth of the time
  // of the usual one and leaves a third more bytes.
  const packed = packParts(letters.map(({ read }) => read.json));
  const deflated = deflateRawSync(packed, { level: 1, chunkSize: deflatedChunk });
  return frameLine({
    type: 'letters',
    folder,
    uidValidity,
    letters: letters.map(({ location, read }) => ({ id: read.id, uid: location.uid })),
    contents: deflated.toString('base64'),
  });
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
