import { startPostgres, type RunningPostgres } from '#test/fakes/start-postgres.ts';
import { ApiWorld } from './api-world.ts';

/** Several worlds on one PostgreSQL server, in each of which one schedule runs at a time. */
export class Lanes implements AsyncDisposable {
  readonly #postgres: RunningPostgres;
  readonly #worlds: readonly ApiWorld[];
  /** For what is done alone. */
  readonly first: ApiWorld;

  private constructor(postgres: RunningPostgres, first: ApiWorld, others: readonly ApiWorld[]) {
    this.#postgres = postgres;
    this.first = first;
    this.#worlds = [first, ...others];
  }

  static async open(count: number): Promise<Lanes> {
    const postgres = await startPostgres();
    const first = await ApiWorld.open(postgres, 0);
    const others: ApiWorld[] = [];
    for (let lane = 1; lane < count; lane += 1) others.push(await ApiWorld.open(postgres, lane));
    return new Lanes(postgres, first, others);
  }

  /** Runs everything once, in whichever lane is free. */
  async each(count: number, run: (index: number, world: ApiWorld) => Promise<void>): Promise<void> {
    let next = 0;
    const lane = async (world: ApiWorld): Promise<void> => {
      while (next < count) {
        next += 1;
        await run(next - 1, world);
      }
    };
    await Promise.all(this.#worlds.map(lane));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const world of this.#worlds) await world.close();
    await this.#postgres.stop();
  }
}
