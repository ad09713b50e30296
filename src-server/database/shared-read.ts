/**
 * One read for many who want to know the same at once.
 *
 * Every read begins after it was asked for, so what another process committed before is always seen; those who ask while
 * a read is under way share the next one. Reads never overlap, so a later answer is never older.
 */
export class SharedRead<T> {
  readonly #query: () => Promise<T>;
  #running: Promise<T> | null = null;
  #next: Promise<T> | null = null;

  constructor(query: () => Promise<T>) {
    this.#query = query;
  }

  async read(): Promise<T> {
    if (this.#running === null) return await this.#start();
    this.#next ??= this.#afterRunning(this.#running);
    return await this.#next;
  }

  async #afterRunning(running: Promise<T>): Promise<T> {
    // The failure belongs to those who wait for it; this read stands for itself.
    await running.catch(() => null);
    this.#next = null;
    return await this.#start();
  }

  async #start(): Promise<T> {
    const read = this.#query();
    this.#running = read;
    try {
      return await read;
    } finally {
      if (this.#running === read) this.#running = null;
    }
  }
}
