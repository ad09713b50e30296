import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { pipeline } from 'node:stream/promises';
import { toPublicUrl } from './scheme-origin.ts';

type SchemeHandler = (request: Request) => Response | Promise<Response>;

/** A cookie of this start of the browser: other programs of this machine find the port, but not its value. */
export const tokenCookie = 'electron-host-token';

/**
 * Electron's `protocol` and the loopback port behind it.
 *
 * Bodies stream both ways with back-pressure: the handler's stream is pulled only as fast as the page reads, and is
 * cancelled when the page goes away.
 */
export class SchemeServer {
  readonly token = randomUUID();
  readonly schemes = new Set<string>();
  readonly #handlers = new Map<string, SchemeHandler>();
  readonly #server: Server;

  constructor() {
    // A connection that closes just as Chromium uses it again would lose a request.
    this.#server = createServer({ keepAliveTimeout: 600_000 }, (incoming, outgoing) => {
      this.#answer(incoming, outgoing).catch((error: unknown) => {
        // The page may be gone in the middle of a stream.
        outgoing.destroy(error instanceof Error ? error : undefined);
      });
    });
  }

  /** Returns the port. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.#server.unref();
    return (this.#server.address() as AddressInfo).port;
  }

  registerSchemesAsPrivileged(customSchemes: readonly { scheme: string }[]): void {
    for (const { scheme } of customSchemes) this.schemes.add(scheme);
  }

  handle(scheme: string, handler: SchemeHandler): void {
    this.#handlers.set(scheme, handler);
  }

  unhandle(scheme: string): void {
    this.#handlers.delete(scheme);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme);
  }

  async #answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = toPublicUrl(`http://${incoming.headers.host ?? ''}${incoming.url ?? ''}`, this.schemes);
    const handler = this.#handlers.get(url.slice(0, url.indexOf(':')));
    if (!incoming.headers.cookie?.includes(`${tokenCookie}=${this.token}`) || !handler) {
      outgoing.writeHead(403).end();
      return;
    }
    const gone = new AbortController();
    outgoing.on('close', () => gone.abort());
    const response = await handler(this.#toRequest(url, incoming, gone.signal));
    const headers = Object.fromEntries(response.headers);
    outgoing.writeHead(response.status, { 'cache-control': 'no-store', ...headers });
    if (!response.body) {
      outgoing.end();
      return;
    }
    outgoing.flushHeaders();
    await pipeline(Readable.fromWeb(response.body as NodeReadableStream<Uint8Array>), outgoing);
  }

  #toRequest(url: string, incoming: IncomingMessage, signal: AbortSignal): Request {
    const headers = new Headers();
    for (const [name, value = ''] of Object.entries(incoming.headers)) {
      if (name === 'cookie' || name === 'host' || name === 'connection') continue;
      const text = Array.isArray(value) ? value.join(', ') : value;
      headers.set(name, name === 'origin' || name === 'referer' ? toPublicUrl(text, this.schemes) : text);
    }
    const method = incoming.method ?? 'GET';
    const hasBody = method !== 'GET' && method !== 'HEAD';
    return new Request(url, {
      method,
      headers,
      signal,
      ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: 'half' } : {}),
    });
  }
}
