import type {
  ChangesFrame,
  ChangesRequest,
  LettersFrame,
  LettersRequest,
  PendingFrame,
} from '#shared/bridge/streams.ts';
import { jsonBytes } from '#renderer/cache/bytes.ts';
import type { Received, StreamSource } from '#renderer/cache/stream-source.ts';

/** One stream whose frames a test sends; each reader that asks gets what is sent from then on. */
class ScriptedStream<Request, Frame> {
  /** What readers asked with, in order. */
  readonly requests: Request[] = [];
  #waiting: Frame[] = [];
  #wake = Promise.withResolvers<void>();
  #isBroken = false;

  send(...frames: Frame[]): void {
    this.#waiting.push(...frames);
    this.#wake.resolve();
  }

  /** Breaks the connection after what was sent; the reader will ask again. */
  break(): void {
    this.#isBroken = true;
    this.#wake.resolve();
  }

  async *read(request: Request, signal: AbortSignal): AsyncGenerator<Received<Frame>> {
    this.requests.push(request);
    const aborted = Promise.withResolvers<void>();
    signal.addEventListener('abort', () => aborted.resolve(), { once: true });
    while (!signal.aborted) {
      for (const frame of this.#waiting.splice(0)) yield { frame, json: jsonBytes(frame) };
      if (this.#isBroken) {
        this.#isBroken = false;
        throw new Error('the connection broke');
      }
      await Promise.race([this.#wake.promise, aborted.promise]);
      this.#wake = Promise.withResolvers();
    }
  }
}

/** A source of all three streams in the hands of a test. */
export class ScriptedStreams {
  readonly changes = new ScriptedStream<ChangesRequest, ChangesFrame>();
  readonly letters = new ScriptedStream<LettersRequest, LettersFrame>();
  readonly pending = new ScriptedStream<null, PendingFrame>();

  readonly source: StreamSource = {
    changes: (request, signal) => this.changes.read(request, signal),
    letters: (request, signal) => this.letters.read(request, signal),
    pending: (signal) => this.pending.read(null, signal),
  };
}
