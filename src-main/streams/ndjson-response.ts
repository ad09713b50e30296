const chunkBytes = 64 * 1024;
const newline = 0x0a;

/**
 * Answers with one JSON document a line, as the reader takes them.
 *
 * `source` gets a signal that is aborted when the reader goes away; it is asked for the next frame only when the reader
 * wants bytes. Frames that are there already share a chunk of about 64 KiB; a frame that has nothing behind it leaves at
 * once. A `Uint8Array` frame is JSON that is encoded already, without its newline. A source that throws breaks the
 * stream, which readers take as a reason to ask again.
 */
export function ndjsonResponse(
  source: (signal: AbortSignal) => AsyncIterable<object | Uint8Array>,
): Response {
  const abort = new AbortController();
  const frames = source(abort.signal)[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<object | Uint8Array>> | null = null;

  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const batch = new Batch();
        let step = await (next ?? frames.next());
        next = null;
        for (;;) {
          if (step.done === true) {
            batch.flush(controller);
            controller.close();
            return;
          }
          batch.add(step.value);
          if (batch.size >= chunkBytes) break;
          const following = frames.next();
          // A failure counts as not ready: what came before it leaves first, and the next pull meets it.
          const ready = await Promise.race([following.catch(() => null), turn()]);
          if (ready === null) {
            next = following;
            break;
          }
          step = ready;
        }
        batch.flush(controller);
      },
      cancel() {
        abort.abort();
        // Not awaited: a generator returns only after the frame that it is busy with.
        frames.return?.().catch(() => {});
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: 0 }),
  );
  return new Response(body, {
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' },
  });
}

class Batch {
  readonly #parts: Uint8Array[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(frame: object | Uint8Array): void {
    const line = frame instanceof Uint8Array ? frame : Buffer.from(JSON.stringify(frame), 'utf8');
    this.#parts.push(line, Uint8Array.of(newline));
    this.#size += line.length + 1;
  }

  flush(controller: ReadableStreamDefaultController<Uint8Array>): void {
    if (this.#size === 0) return;
    controller.enqueue(Buffer.concat(this.#parts));
  }
}

/** Resolves when everything that is ready now had its turn. */
function turn(): Promise<null> {
  return new Promise((resolve) => setImmediate(resolve, null));
}
