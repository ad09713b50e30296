import type { Readable, Writable } from 'node:stream';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Parameters or result of one DevTools command; its fields are narrowed where they are read. */
export type Fields = Record<string, unknown>;

/** A command that the browser answered with an error. */
export class DevToolsError extends Error {
  override readonly name = 'DevToolsError';
}

interface Pending {
  readonly resolve: (result: Fields) => void;
  readonly reject: (error: Error) => void;
  readonly method: string;
}

type EventListener = (params: Fields, sessionId: string | undefined) => void;

/**
 * The DevTools protocol over two pipes: JSON messages, each ended by a zero byte.
 *
 * Chromium exits when its end closes, so the browser cannot outlive this process however it dies.
 * Source: content/browser/devtools/devtools_pipe_handler.cc.
 */
export class DevToolsPipe {
  readonly #output: Writable;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Map<string, Set<EventListener>>();
  #lastId = 0;
  #rest: Buffer[] = [];
  #closed = false;

  constructor(input: Readable, output: Writable) {
    this.#output = output;
    input.on('data', (chunk: Buffer) => this.#read(chunk));
    input.on('close', () => this.#close());
    // Writing into the pipe of a dead browser is reported through `close`.
    output.on('error', () => this.#close());
  }

  /** Sends a command to the browser or, with `sessionId`, to one attached target. */
  send(method: string, params: Fields = {}, sessionId?: string): Promise<Fields> {
    if (this.#closed) return Promise.reject(new DevToolsError(`${method}: the browser is gone`));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, method });
      this.#output.write(`${JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })}\0`);
    });
  }

  /** Sends a command whose answer does not matter, because its target may be closing. */
  post(method: string, params: Fields = {}, sessionId?: string): void {
    this.send(method, params, sessionId).catch(() => undefined);
  }

  /** Subscribes to an event of all sessions; returns the function that ends it. */
  on(method: string, listener: EventListener): () => void {
    const listeners = this.#listeners.get(method) ?? new Set();
    this.#listeners.set(method, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  #read(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      const text = Buffer.concat([...this.#rest, chunk.subarray(start, end)]).toString('utf8');
      this.#rest = [];
      start = end + 1;
      this.#dispatch(JSON.parse(text) as { [key: string]: Json });
    }
    if (start < chunk.length) this.#rest.push(chunk.subarray(start));
  }

  #dispatch(message: { [key: string]: Json }): void {
    const { id, method } = message;
    if (typeof id === 'number') {
      const pending = this.#pending.get(id);
      this.#pending.delete(id);
      const error = message['error'];
      if (error !== undefined)
        pending?.reject(new DevToolsError(`${pending.method}: ${JSON.stringify(error)}`));
      else pending?.resolve((message['result'] ?? {}) as Fields);
      return;
    }
    if (typeof method !== 'string') return;
    const sessionId = message['sessionId'];
    for (const listener of this.#listeners.get(method) ?? []) {
      listener((message['params'] ?? {}) as Fields, typeof sessionId === 'string' ? sessionId : undefined);
    }
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const pending of this.#pending.values()) {
      pending.reject(new DevToolsError(`${pending.method}: the browser is gone`));
    }
    this.#pending.clear();
    for (const listener of this.#listeners.get('close') ?? []) listener({}, undefined);
  }
}
