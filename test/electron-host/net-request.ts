import { EventEmitter } from 'node:events';
import { request as httpRequest, type ClientRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

interface RequestOptions {
  readonly protocol?: string;
  readonly hostname?: string;
  readonly port?: number | string;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Electron's ClientRequest over Node's: without the system's proxy, and never following a redirect by itself. */
class HostClientRequest extends EventEmitter {
  readonly #request: ClientRequest;

  constructor(options: RequestOptions) {
    super();
    const send = options.protocol === 'http:' ? httpRequest : httpsRequest;
    const { protocol, hostname, port, path, method, headers } = options;
    this.#request = send({ protocol, hostname, port, path, method, headers: { ...headers } });
    this.#request.on('response', (response) => {
      const { statusCode = 0, headers: answered } = response;
      if (statusCode >= 300 && statusCode < 400 && answered.location !== undefined) {
        this.emit(
          'redirect',
          statusCode,
          method ?? 'GET',
          new URL(answered.location, this.#url(options)).href,
          answered,
        );
        response.resume();
      } else {
        this.emit('response', response);
      }
    });
    this.#request.on('error', (error) => this.emit('error', error));
    this.#request.on('close', () => this.emit('close'));
  }

  setHeader(name: string, value: string): void {
    this.#request.setHeader(name, value);
  }

  write(chunk: string | Buffer): void {
    this.#request.write(chunk);
  }

  end(chunk?: string | Buffer): this {
    this.#request.end(chunk);
    return this;
  }

  abort(): void {
    this.#request.destroy();
    this.emit('abort');
  }

  #url({ protocol = 'https:', hostname = 'localhost', port, path = '/' }: RequestOptions): string {
    return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`;
  }
}

export const net = { request: (options: RequestOptions) => new HostClientRequest(options) };
