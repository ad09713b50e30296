/** Bytes on their own buffer, as WebCrypto and IndexedDB want them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A value as the bytes of its JSON. */
export function jsonBytes(value: unknown): Bytes {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** The value of JSON bytes; the caller names its type. */
export function parseJson(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}
