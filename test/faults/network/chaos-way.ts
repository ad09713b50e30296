import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * What becomes of a way: `refused`: every connection breaks and none is taken; `stalled`: nothing breaks and no byte
 * arrives; `slow`: every byte arrives late.
 */
export type Trouble = 'refused' | 'stalled' | 'slow';

const slowMs = 400;

/** A loopback port that leads to a server's, until the way is troubled. */
export class ChaosWay {
  readonly #target: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #trouble: Trouble | null = null;
  #port = 0;

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer({ pauseOnConnect: true }, (near) => this.#lead(near));
  }

  static async open(target: number): Promise<ChaosWay> {
    const way = new ChaosWay(target);
    way.#server.listen(0, '127.0.0.1');
    await once(way.#server, 'listening');
    way.#port = (way.#server.address() as AddressInfo).port;
    return way;
  }

  /** Stays the same whatever happens. */
  get port(): number {
    return this.#port;
  }

  async break(trouble: Trouble): Promise<void> {
    this.#trouble = trouble;
    if (trouble === 'stalled') for (const socket of this.#sockets) socket.pause();
    if (trouble === 'refused') await this.#shut();
  }

  /** From now on everything goes through, also what was held. */
  async mend(): Promise<void> {
    this.#trouble = null;
    if (!this.#server.listening) {
      this.#server.listen(this.#port, '127.0.0.1');
      await once(this.#server, 'listening');
    }
    for (const socket of this.#sockets) socket.resume();
  }

  async close(): Promise<void> {
    if (this.#server.listening) await this.#shut();
  }

  async #shut(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #lead(near: Socket): void {
    const far = connect(this.#target, '127.0.0.1');
    this.#carry(near, far);
    this.#carry(far, near);
    if (this.#trouble === 'stalled') far.pause();
    else near.resume();
  }

  #carry(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.on('data', (bytes) => {
      if (this.#trouble === 'slow') setTimeout(() => to.write(bytes), slowMs);
      else to.write(bytes);
    });
    // Either end may break at any moment: that is what this way is for.
    from.on('error', () => from.destroy());
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
  }
}
