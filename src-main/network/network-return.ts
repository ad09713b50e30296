import { connect } from 'node:net';
import type { Scheduler } from '../scheduler.ts';

/** Where a server listens. */
export interface ServerPlace {
  readonly host: string;
  readonly port: number;
}

interface NetworkReturnPorts {
  /** The servers that cannot be reached at the moment, each of which somebody waits for. */
  readonly away: () => readonly ServerPlace[];
  /** One of them answers again. */
  readonly onBack: () => void;
  readonly scheduler: Scheduler;
  /** Whether a server takes a connection; TCP where nothing else is given. */
  readonly isThere?: (place: ServerPlace, signal: AbortSignal) => Promise<boolean>;
}

/** A connection that nobody speaks on costs a server nothing, and an agent does not notice the wait. */
const everyMs = 1_500;
const patienceMs = 2_000;

/**
 * Notices that the network is back, while those who wait for it let their tries grow rarer.
 *
 * Each server that cannot be reached is asked for a bare connection again and again; the first that it takes after it
 * took none is the sign. A server that takes connections and then fails gives none: it keeps the pace that it set. The
 * sign is spread over a second or two by chance, so that desks do not all come back at one moment.
 */
export class NetworkReturn {
  readonly #ports: NetworkReturnPorts;
  readonly #closing = new AbortController();
  /** Took no connection when it was asked last. */
  #gone: ReadonlySet<string> = new Set();
  #running: Promise<void> = Promise.resolve();

  constructor(ports: NetworkReturnPorts) {
    this.#ports = ports;
  }

  start(): void {
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  /** Asks every server that is away once. */
  async look(): Promise<void> {
    const { away, onBack, isThere = takesConnection } = this.#ports;
    const { signal } = this.#closing;
    const places = new Map(away().map((place) => [`${place.host} ${String(place.port)}`, place]));
    const asked = await Promise.all(
      Array.from(places, async ([key, place]) => ({ key, there: await isThere(place, signal) })),
    );
    const isBack = asked.some(({ key, there }) => there && this.#gone.has(key));
    this.#gone = new Set(asked.flatMap(({ key, there }) => (there ? [] : [key])));
    if (isBack && !signal.aborted) onBack();
  }

  async #run(): Promise<void> {
    const { scheduler } = this.#ports;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await this.look();
      await scheduler.delay(everyMs * (0.75 + scheduler.random() / 2), signal);
    }
  }
}

async function takesConnection({ host, port }: ServerPlace, signal: AbortSignal): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host, port, timeout: patienceMs, signal });
  socket.once('connect', () => resolve(true));
  socket.once('timeout', () => resolve(false));
  socket.once('error', () => resolve(false));
  const there = await promise;
  socket.destroy();
  return there;
}
