const encoder = new TextEncoder();
/** UTF-8 takes at most three bytes for a UTF-16 code unit. */
const bytesPerUnit = 3;

/**
 * Encodes texts as UTF-8 into one buffer of their own.
 *
 * A buffer for each text costs the threads on both sides more in transfers and garbage than the encoding itself.
 */
export class TextPacker {
  #scratch = new Uint8Array(4_000_000);

  /** The texts' bytes, in order, all views of one buffer that holds nothing else. */
  pack(texts: readonly string[]): Uint8Array<ArrayBuffer>[] {
    const most = bytesPerUnit * texts.reduce((sum, { length }) => sum + length, 0);
    // A batch with a huge letter is rare; its memory is not kept.
    const scratch = most > this.#scratch.length ? new Uint8Array(most) : this.#scratch;
    let end = 0;
    const ends = texts.map((text) => {
      end += encoder.encodeInto(text, scratch.subarray(end)).written;
      return end;
    });
    const { buffer } = scratch.slice(0, end);
    return ends.map((to, index) => {
      const from = ends[index - 1] ?? 0;
      return new Uint8Array(buffer, from, to - from);
    });
  }
}
