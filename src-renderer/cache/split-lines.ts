import type { Bytes } from './bytes.ts';

const lineFeed = 0x0a;

/**
 * The lines of a byte stream, without their line feeds and without empty ones.
 *
 * Splits bytes and not text: a character may lie across two chunks. The last line counts only with its line feed; a
 * torn one is dropped, its sender will repeat it.
 */
export async function* splitLines(chunks: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
  let begun: Bytes[] = [];
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      const line = joined(begun, chunk.subarray(start, end));
      begun = [];
      start = end + 1;
      if (line.length > 0) yield line;
    }
    if (start < chunk.length) begun.push(chunk.subarray(start));
  }
}

function joined(begun: readonly Bytes[], rest: Bytes): Bytes {
  if (begun.length === 0) return rest;
  const line = new Uint8Array(begun.reduce((length, part) => length + part.length, rest.length));
  let offset = 0;
  for (const part of [...begun, rest]) {
    line.set(part, offset);
    offset += part.length;
  }
  return line;
}
