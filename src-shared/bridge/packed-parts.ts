const word = Uint32Array.BYTES_PER_ELEMENT;

/** Lays parts out in one piece of memory of its own: their number, where each ends, the parts; numbers little-endian. */
export function packParts(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let end = word * (1 + parts.length);
  const packed = new Uint8Array(parts.reduce((length, part) => length + part.length, end));
  const head = new DataView(packed.buffer);
  head.setUint32(0, parts.length, true);
  for (const [index, part] of parts.entries()) {
    packed.set(part, end);
    end += part.length;
    head.setUint32(word * (index + 1), end, true);
  }
  return packed;
}

/** Reads what {@link packParts} made; the parts are views into `packed`. */
export function unpackParts(packed: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  const head = new DataView(packed.buffer, packed.byteOffset);
  const count = head.getUint32(0, true);
  let start = word * (1 + count);
  return Array.from({ length: count }, (_, index) => {
    const end = head.getUint32(word * (index + 1), true);
    const part = packed.subarray(start, end);
    start = end;
    return part;
  });
}
