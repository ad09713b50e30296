/** Bytes on their way to the reader, or letters on their way through the parser, before the fetch has to wait. */
const windowBytes = 12_000_000;

/**
 * The way out of one letters stream: chunks leave in the order in which they were promised, and {@link room} holds
 * the mail server back while the reader is slow.
 */
export class StreamOutlet {
  readonly #send: (bytes: Uint8Array<ArrayBuffer>) => void;
  readonly #onFailure: () => void;
  #last: Promise<void> = Promise.resolve();
  #held = 0;
  #closed = false;
  #waiting: (() => void)[] = [];

  constructor(send: (bytes: Uint8Array<ArrayBuffer>) => void, onFailure: () => void) {
    this.#send = send;
    this.#onFailure = onFailure;
  }

  /**
   * Promises a chunk; `estimate` is what it is taken to weigh until it is there. A chunk that is not made after all
   * ends the stream, so that no later frame vouches for it.
   */
  push(chunk: Promise<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>, estimate = 0): void {
    this.#held += estimate;
    this.#last = this.#sendAfter(this.#last, chunk, estimate);
  }

  /** The reader took that many bytes. */
  taken(bytes: number): void {
    this.#held -= bytes;
    this.#wake();
  }

  /** Resolves when there is room for more. */
  async room(): Promise<void> {
    while (!this.#closed && this.#held >= windowBytes) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Nothing leaves any more. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  async #sendAfter(
    before: Promise<void>,
    chunk: Promise<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>,
    estimate: number,
  ): Promise<void> {
    const [made] = await Promise.allSettled([chunk, before]);
    this.#held -= estimate;
    if (!this.#closed) {
      if (made.status === 'rejected') {
        this.close();
        this.#onFailure();
      } else if (made.value.length > 0) {
        this.#held += made.value.length;
        this.#send(made.value);
      }
    }
    this.#wake();
  }

  #wake(): void {
    if (this.#held >= windowBytes && !this.#closed) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
