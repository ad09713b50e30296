import type { Bytes } from './bytes.ts';

/** Undoes DEFLATE without a wrapper (RFC 1951). Rejects what is not that. */
export async function inflate(deflated: Bytes): Promise<Bytes> {
  const { readable, writable } = new DecompressionStream('deflate-raw');
  const writer = writable.getWriter();
  const [bytes] = await Promise.all([
    new Response(readable).arrayBuffer(),
    writer.write(deflated),
    writer.close(),
  ]);
  return new Uint8Array(bytes);
}
