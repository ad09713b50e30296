/** Lets one task at a time through, in the order of asking. */
export class Turnstile {
  #last: Promise<unknown> = Promise.resolve();

  /** Answers what the task answers; its failure stops nobody behind it. */
  async pass<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(task);
    this.#last = turn.catch(() => null);
    return turn;
  }
}
