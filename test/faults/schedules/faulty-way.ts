import {
  Agent,
  createServer,
  request as sendRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What may go wrong with one request.
 *
 * - refuse: the connection breaks before the API has it; lost: after the API has answered
 * - late: the connection breaks, and the request arrives later all the same
 * - twice: it arrives two times, at once
 * - status-500, html-502, busy-503, limited-429, expired-401, conflict-409, strange-422, newer-426: answered on the way
 * - other-shape: the API has done it, and answers as no version of it ever did
 * - lost-502: the API has done it, and a proxy answers with its page
 * - cut-body: the answer breaks off; half-json: it ends too early and says nothing of it
 */
export const wayFaults = [
  'refuse',
  'lost',
  'late',
  'twice',
  'status-500',
  'html-502',
  'lost-502',
  'busy-503',
  'limited-429',
  'expired-401',
  'conflict-409',
  'strange-422',
  'newer-426',
  'other-shape',
  'cut-body',
  'half-json',
] as const;
export type WayFault = (typeof wayFaults)[number];

/** Which requests an armed fault waits for. */
export type WayRoute = 'push' | 'pull' | 'other' | 'any';

/** What becomes of the events that are held back. */
export type HintsFate = 'pass' | 'drop' | 'double' | 'reverse' | 'cut';

/** Changes a request on its way, and its answer; for planted bugs. */
export interface Meddler {
  readonly request: (path: string, body: string) => string;
  readonly answer: (path: string, body: string) => string;
}

interface Wanted {
  readonly method: string;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
}

interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
}

const livePath = '/v1/changes/live';

/** The way from one desk to the API, looked at request by request. Its address stays whatever is behind it. */
export class FaultyWay {
  readonly url: string;
  readonly #server: Server;
  #agent = new Agent({ keepAlive: true });
  #target: string | null = null;
  #open = true;
  #armed: { readonly route: WayRoute; readonly fault: WayFault; times: number }[] = [];
  #late: Wanted[] = [];
  #live: ServerResponse | null = null;
  #held: string[] = [];
  #flows = true;
  #meddler: Meddler | null = null;
  #poison: string | null = null;
  #requests = 0;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    server.on('request', (incoming: IncomingMessage, response: ServerResponse) => {
      this.#take(incoming, response).catch(() => response.destroy());
    });
  }

  static async open(): Promise<FaultyWay> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new FaultyWay(server);
  }

  /** How many requests came in so far, live streams apart. */
  get requests(): number {
    return this.#requests;
  }

  /** Where the API is; null while it is away. */
  leadTo(target: string | null): void {
    this.#target = target;
    this.#agent.destroy();
    this.#agent = new Agent({ keepAlive: true });
    this.#live?.destroy();
  }

  arm(route: WayRoute, fault: WayFault, times: number): void {
    this.#armed.push({ route, fault, times });
  }

  meddle(meddler: Meddler | null): void {
    this.#meddler = meddler;
  }

  /** Whatever has this text in it the API cannot read from now on. */
  poison(text: string): void {
    this.#poison = text;
  }

  /** Breaks every connection and takes no new one. */
  cut(): void {
    this.#open = false;
    this.#live?.destroy();
    this.#server.closeAllConnections();
  }

  mend(): void {
    this.#open = true;
  }

  /** From now on events of the live stream wait for {@link hints}. */
  holdHints(): void {
    this.#flows = false;
  }

  /** True when the desk was told something. */
  hints(fate: HintsFate): boolean {
    const held = this.#held.splice(0);
    if (fate === 'cut') this.#live?.destroy();
    const told =
      fate === 'drop' || fate === 'cut'
        ? []
        : fate === 'double'
          ? held.flatMap((event) => [event, event])
          : fate === 'reverse'
            ? held.toReversed()
            : held;
    const live = this.#live?.headersSent === true ? this.#live : null;
    for (const event of told) live?.write(event);
    return told.length > 0 && live !== null;
  }

  /** Requests whose connections broke long ago arrive now. */
  async deliverLate(): Promise<void> {
    for (const wanted of this.#late.splice(0)) await this.#ask(wanted).catch(() => null);
  }

  /** Nothing goes wrong any more. */
  async heal(): Promise<void> {
    this.#armed = [];
    this.#poison = null;
    this.#open = true;
    this.#flows = true;
    await this.deliverLate();
    this.hints('pass');
  }

  /** As it was when it was opened, with nothing behind it. */
  reset(): void {
    this.#armed = [];
    this.#poison = null;
    this.#late = [];
    this.#held = [];
    this.#open = true;
    this.#flows = true;
    this.#meddler = null;
    this.leadTo(null);
  }

  close(): void {
    this.leadTo(null);
    this.#agent.destroy();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #take(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = 'GET', url: path = '/', headers } = incoming;
    const wanted = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
    if (!this.#open || this.#target === null) {
      response.destroy();
      return;
    }
    if (path.startsWith(livePath)) {
      this.#stream(wanted, response);
      return;
    }
    this.#requests += 1;
    if (this.#poison !== null && wanted.body.includes(this.#poison)) {
      json(response, 400, { kind: 'invalid', message: '' });
      return;
    }
    await this.#fail(this.#faultFor(path), wanted, response);
  }

  #faultFor(path: string): WayFault | null {
    const route = path.startsWith('/v1/operations')
      ? 'push'
      : path.startsWith('/v1/changes')
        ? 'pull'
        : 'other';
    const armed = this.#armed.find((each) => each.route === route || each.route === 'any');
    if (armed === undefined) return null;
    armed.times -= 1;
    if (armed.times <= 0) this.#armed = this.#armed.filter((each) => each !== armed);
    return armed.fault;
  }

  async #fail(fault: WayFault | null, wanted: Wanted, response: ServerResponse): Promise<void> {
    switch (fault) {
      case null:
        reply(response, await this.#ask(wanted));
        return;
      case 'twice': {
        const [first, second] = await Promise.all([this.#ask(wanted), this.#ask(wanted)]);
        reply(response, second.status === 200 ? second : first);
        return;
      }
      case 'late':
        this.#late.push(wanted);
        response.destroy();
        return;
      case 'refuse':
        response.destroy();
        return;
      case 'lost':
        await this.#ask(wanted);
        response.destroy();
        return;
      case 'lost-502':
        await this.#ask(wanted);
        html(response, 502);
        return;
      case 'html-502':
        html(response, 502);
        return;
      case 'status-500':
        json(response, 500, { kind: 'internal', message: '' });
        return;
      case 'busy-503':
        json(response, 503, { kind: 'unavailable', message: '' });
        return;
      case 'limited-429':
        response.setHeader('retry-after', '30');
        html(response, 429);
        return;
      case 'expired-401':
        json(response, 401, { kind: 'unauthorised', message: '' });
        return;
      case 'conflict-409':
        json(response, 409, { kind: 'conflict', message: '' });
        return;
      case 'strange-422':
        json(response, 422, { error: 'unprocessable' });
        return;
      case 'other-shape':
        await this.#ask(wanted);
        json(response, 200, { results: [] });
        return;
      case 'newer-426':
        json(response, 426, { kind: 'upgrade-required', message: '' });
        return;
      case 'cut-body': {
        const { status, headers, body } = await this.#ask(wanted);
        response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
        response.write(half(body), () => response.destroy());
        return;
      }
      case 'half-json': {
        const { status, headers, body } = await this.#ask(wanted);
        reply(response, { status, headers, body: half(body) });
      }
    }
  }

  async #ask(wanted: Wanted): Promise<Answer> {
    const { method, path, headers } = wanted;
    const body = this.#meddler?.request(path, wanted.body) ?? wanted.body;
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const { 'content-length': _length, connection: _connection, host: _host, ...kept } = headers;
    const sent = { ...kept, ...(body === '' ? {} : { 'content-length': Buffer.byteLength(body) }) };
    const asked = sendRequest(
      this.#target + path,
      { method, headers: sent, agent: this.#agent },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const { 'transfer-encoding': _encoding, connection: _ended, ...told } = answer.headers;
          const status = answer.statusCode ?? 500;
          const said = status === 200 ? (this.#meddler?.answer(path, text) ?? text) : text;
          resolve({ status, headers: told, body: said });
        });
      },
    );
    asked.on('error', reject);
    asked.end(body);
    return await promise;
  }

  #stream({ path, headers }: Wanted, response: ServerResponse): void {
    this.#live?.destroy();
    this.#live = response;
    this.#held = [];
    const asked = sendRequest(this.#target + path, { headers, agent: false }, (answer) => {
      if (this.#live !== response) return;
      response.writeHead(answer.statusCode ?? 500, { 'content-type': answer.headers['content-type'] });
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => {
        const events = (text + chunk).split('\n\n');
        text = events.pop() ?? '';
        for (const event of events) this.#hint(`${event}\n\n`, response);
      });
      answer.on('error', () => response.destroy());
      answer.on('end', () => response.end(text));
    });
    asked.on('error', () => response.destroy());
    asked.end();
    response.on('close', () => {
      asked.destroy();
      if (this.#live === response) this.#live = null;
    });
  }

  #hint(event: string, response: ServerResponse): void {
    if (this.#flows) response.write(event);
    else this.#held.push(event);
  }
}

function reply(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  reply(response, { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

function html(response: ServerResponse, status: number): void {
  reply(response, {
    status,
    headers: { 'content-type': 'text/html' },
    body: `<html><body><h1>${String(status)}</h1></body></html>`,
  });
}

function half(body: string): string {
  return body.slice(0, Math.floor(body.length / 2));
}
