import type { LettersFrame } from '#shared/bridge/streams.ts';
import type { LetterLocation } from '#shared/ticket/letter.ts';

const encoder = new TextEncoder();
const lineEnd = encoder.encode('}\n');

/** One frame as a line of NDJSON. */
export function frameLine(frame: LettersFrame): Uint8Array<ArrayBuffer> {
  return encoder.encode(`${JSON.stringify(frame)}\n`);
}

/** A letter whose content is JSON already. */
export interface RenderedLetter {
  readonly location: LetterLocation;
  /** Null where it cannot be read. */
  readonly json: Uint8Array | null;
}

/** The lines of several letters in one piece of memory of its own, so that it can be handed to another thread. */
export function letterLines(letters: readonly RenderedLetter[]): Uint8Array<ArrayBuffer> {
  const pieces = letters.flatMap(({ location, json }) =>
    json === null
      ? [frameLine({ type: 'unreadable', location })]
      : [encoder.encode(`{"type":"letter","location":${JSON.stringify(location)},"content":`), json, lineEnd],
  );
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
