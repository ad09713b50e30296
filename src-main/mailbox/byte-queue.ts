/** Chunks that wait for one reader; its sender bounds how many. */
export class ByteQueue {
  readonly #chunks: Uint8Array<ArrayBuffer>[] = [];
  #ended = false;
  #wake: (() => void) | null = null;

  push(chunk: Uint8Array<ArrayBuffer>): void {
    this.#chunks.push(chunk);
    this.#wake?.();
  }

  /** What is queued is still handed out. */
  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** The next chunk; null at the end. One reader at a time. */
  async next(): Promise<Uint8Array<ArrayBuffer> | null> {
    while (this.#chunks.length === 0) {
      if (this.#ended) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
    return this.#chunks.shift() ?? null;
  }
}
