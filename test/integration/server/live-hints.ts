/** The hints that the ticket API gives live of how far its feed goes. */
export class LiveHints {
  readonly #reader: ReadableStreamDefaultReader<string>;
  #heard = '';

  private constructor(reader: ReadableStreamDefaultReader<string>) {
    this.#reader = reader;
  }

  static async of(url: string, token: string): Promise<LiveHints> {
    const response = await fetch(`${url}/v1/changes/live`, { headers: { authorization: `Bearer ${token}` } });
    const type = response.headers.get('content-type');
    if (response.body === null || type?.includes('text/event-stream') !== true)
      throw new Error('no live hints');
    return new LiveHints(response.body.pipeThrough(new TextDecoderStream()).getReader());
  }

  /** The newest head that was told of, once it is `wanted` or beyond; NaN when they ended before. */
  async headFrom(wanted: number): Promise<number> {
    for (;;) {
      // One read may bring several hints, or a part of one; who is present comes by the same stream.
      const [, head] = [...this.#heard.matchAll(/"head":(\d+)[,}]/gu)].at(-1) ?? [];
      if (head !== undefined && Number(head) >= wanted) return Number(head);
      const { done, value } = await this.#reader.read();
      if (done) return Number.NaN;
      this.#heard += value;
    }
  }

  /** Resolves when the API has ended them. */
  async ended(): Promise<void> {
    while (!(await this.#reader.read()).done);
  }

  async leave(): Promise<void> {
    await this.#reader.cancel();
  }
}
