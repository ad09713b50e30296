import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Database, PoolState, Queryable } from './database.ts';

const int8 = 20;

/** Milliseconds between attempts to get a lost LISTEN connection back; hints only, so no hurry. */
const relistenDelayMs = 1_000;

/** Opens a pool of connections to a PostgreSQL server. Connects lazily; `onError` hears of idle connections that break. */
export function openPostgres(url: string, onError: (error: Error) => void): Database {
  const options = {
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === int8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  };
  return new PostgresDatabase(new pg.Pool({ ...options, max: 10 }), () => new pg.Client(options), onError);
}

class PostgresDatabase implements Database {
  readonly engine = 'postgres';
  readonly #pool: pg.Pool;
  readonly #newClient: () => pg.Client;
  readonly #onError: (error: Error) => void;

  constructor(pool: pg.Pool, newClient: () => pg.Client, onError: (error: Error) => void) {
    this.#pool = pool;
    this.#newClient = newClient;
    this.#onError = onError;
    pool.on('error', onError);
  }

  async query<Row extends object>(
    text: string,
    parameters: readonly unknown[] = [],
  ): Promise<readonly Row[]> {
    return await run<Row>(this.#pool, text, parameters);
  }

  async transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    // A connection on which even ROLLBACK fails must not go back into the pool.
    let broken: Error | undefined;
    try {
      await client.query('begin');
      const value = await work({
        query: async (text, parameters = []) => await run(client, text, parameters),
      });
      await client.query('commit');
      return value;
    } catch (error) {
      await client.query('rollback').catch((rollbackError: unknown) => {
        broken = rollbackError instanceof Error ? rollbackError : new Error('rollback failed');
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async listen(channel: string, onNotice: () => void): Promise<() => Promise<void>> {
    let stopped = false;
    let client: pg.Client | null = null;
    let timer: NodeJS.Timeout | null = null;
    const connect = async (): Promise<void> => {
      const next = this.#newClient();
      next.on('notification', onNotice);
      next.on('error', (error) => {
        this.#onError(error);
        if (client !== next) return;
        client = null;
        retry();
      });
      await next.connect();
      await next.query(`listen ${pg.escapeIdentifier(channel)}`);
      client = next;
      if (stopped) await next.end();
    };
    const retry = (): void => {
      if (stopped) return;
      timer = setTimeout(() => {
        // Whatever was committed meanwhile went unheard: say so once.
        connect().then(onNotice, retry);
      }, relistenDelayMs);
    };
    await connect();
    return async () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await client?.end();
    };
  }

  poolState(): PoolState {
    return { total: this.#pool.totalCount, idle: this.#pool.idleCount, waiting: this.#pool.waitingCount };
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

const statementNames = new Map<string, string>();

/** Every statement is prepared under a name: the texts are constants, so the server plans each once per connection. */
async function run<Row extends object>(
  connection: pg.Pool | pg.PoolClient,
  text: string,
  parameters: readonly unknown[],
): Promise<readonly Row[]> {
  let name = statementNames.get(text);
  if (name === undefined) {
    name = createHash('sha256').update(text).digest('hex').slice(0, 32);
    statementNames.set(text, name);
  }
  const result = await connection.query<Row>({ name, text, values: [...parameters] });
  return result.rows;
}
