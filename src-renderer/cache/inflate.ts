import type { Bytes } from './bytes.ts';

/** Undoes DEFLATE without a wrapper (RFC 1951). Rejects what is not that. */
export async function inflate(deflated: Bytes): Promise<Bytes> {
  const stream = new Blob([deflated]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
