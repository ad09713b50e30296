/**
 * Makes text of what Electron would clone: JSON, and bytes, which JSON lacks.
 *
 * Self-contained, because its source also runs in the preload world.
 */
export function createIpcCodec(): { encode(value: unknown): string; decode(text: string): unknown } {
  const tag = '$bytes';
  return {
    encode: (value) =>
      JSON.stringify(value, (_key, field: unknown) => {
        if (!(field instanceof Uint8Array)) return field;
        let binary = '';
        for (const byte of field) binary += String.fromCharCode(byte);
        return { [tag]: btoa(binary) };
      }) ?? 'null',
    decode: (text) =>
      JSON.parse(text, (_key, field: unknown) => {
        if (typeof field !== 'object' || field === null || !(tag in field)) return field;
        return Uint8Array.from(atob(String(field[tag])), (character) => character.charCodeAt(0));
      }) as unknown,
  };
}
