import { app } from 'electron';
import { faultOf } from '../fault.ts';
import type { FileLog } from '../log.ts';

/** Longer than any upload to a server may last; what is not sent by then waits in the journal. */
const longestCloseMs = 10_000;

/** Lets the desk finish its writing before the process ends, however the end began. */
export class Ending {
  readonly #log: FileLog;
  #state: 'working' | 'closing' | 'closed' = 'working';
  #close: () => Promise<void> = () => Promise.resolve();
  #last: () => void = () => app.quit();

  constructor(log: FileLog) {
    this.#log = log;
    app.on('before-quit', (event) => {
      if (this.#state === 'closed') return;
      event.preventDefault();
      if (this.#state === 'closing') return;
      this.#state = 'closing';
      void this.#end();
    });
  }

  get hasBegun(): boolean {
    return this.#state !== 'working';
  }

  /** What has to be finished first. */
  closeFirst(close: () => Promise<void>): void {
    this.#close = close;
  }

  /** Ends the process with something else than leaving: with what comes in its place. */
  endWith(last: () => void): void {
    this.#last = last;
    app.quit();
  }

  async #end(): Promise<void> {
    const late = new Promise((resolve) => setTimeout(resolve, longestCloseMs));
    try {
      await Promise.race([this.#close(), late]);
    } catch (error) {
      this.#log.error('close failed', { fault: faultOf(error) });
    }
    await this.#log.flush();
    this.#state = 'closed';
    this.#last();
  }
}
