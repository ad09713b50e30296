import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { HostSession } from './session.ts';

/**
 * The proxy through which Chromium must go to everything that is not the application's own.
 *
 * `onBeforeRequest` decides here about every request of pages, workers and windows, but about the application's own.
 * Of an encrypted one only the host is known.
 */
export class NetworkGate {
  readonly #session: HostSession;

  constructor(session: HostSession) {
    this.#session = session;
  }

  /** Returns the port. */
  async listen(): Promise<number> {
    const server = createServer((incoming, outgoing) => {
      this.#forward(incoming, outgoing).catch(() => outgoing.destroy());
    });
    server.on('connect', (incoming: IncomingMessage, socket: Duplex) => {
      this.#tunnel(incoming.url ?? '', socket).catch(() => socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    server.unref();
    return (server.address() as AddressInfo).port;
  }

  #allows(url: string, method: string): Promise<boolean> {
    return this.#session.webRequest.allows({ url, method, resourceType: 'Other' });
  }

  async #forward(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { url = '', method = 'GET', headers } = incoming;
    if (!(await this.#allows(url, method))) {
      outgoing.destroy();
      return;
    }
    const onward = forward(url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  }

  async #tunnel(authority: string, socket: Duplex): Promise<void> {
    const { hostname, port } = new URL(`https://${authority}`);
    if (!(await this.#allows(`https://${authority}/`, 'CONNECT'))) {
      socket.destroy();
      return;
    }
    const onward = connect(Number(port || 443), hostname, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  }
}
