import { TextDecoder } from 'node:util';

/** Encodes text in a single-byte charset (or UTF-8) by turning Node's decoder round; throws on what it cannot hold. */
export function encode(text: string, charset: string): Buffer {
  if (charset === 'utf-8') return Buffer.from(text, 'utf8');
  const table = new Map<string, number>();
  const decoder = new TextDecoder(charset);
  for (let byte = 255; byte >= 0; byte -= 1) table.set(decoder.decode(Uint8Array.of(byte)), byte);
  return Buffer.from(
    Array.from(text, (char) => {
      const byte = table.get(char);
      if (byte === undefined) throw new RangeError(`${charset} has no ${char}`);
      return byte;
    }),
  );
}

/** A letter of header lines and a body, with CRLF line ends; strings are UTF-8. */
export function letterOf(headers: readonly (string | Buffer)[], body: string | Buffer = ''): Buffer {
  const crlf = Buffer.from('\r\n');
  const lines = headers.flatMap((line) => [typeof line === 'string' ? Buffer.from(line) : line, crlf]);
  const content = typeof body === 'string' ? Buffer.from(body.replaceAll(/\r?\n/gu, '\r\n')) : body;
  return Buffer.concat([...lines, crlf, content]);
}

/** A multipart body of parts, each header lines and content. */
export function multipart(boundary: string, parts: readonly Buffer[]): Buffer {
  const pieces = parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), part, Buffer.from('\r\n')]);
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
}

/** What the mail server says of a letter in tests. */
export const serverFacts = { internalDateAt: Date.UTC(2026, 10, 10, 7, 15), size: 1_000 };
