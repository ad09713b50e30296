import { randomBytes } from 'node:crypto';
import { pino, type DestinationStream } from 'pino';
import { createApi } from '#server/api.ts';
import type { JobRunner } from '#server/jobs/job-runner.ts';
import type { Ticker } from '#server/jobs/ticker.ts';
import { migrate } from '#server/database/migrate.ts';
import { openPglite } from '#server/database/pglite-database.ts';
import { openPostgres } from '#server/database/postgres-database.ts';
import type { Database } from '#server/database/database.ts';
import { SecretBox } from '#server/secrets/secret-box.ts';
import type { Clock } from '#shared/clock.ts';
import { startPostgres } from './start-postgres.ts';

export interface RunningApi {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly adminLogin: string;
  /** Empty where another API on the same database had the first start. */
  readonly adminPassword: string;
  /** The open database under the API, for looking behind it. */
  readonly database: Database;
  /** What the API does by itself: nothing, unless a ticker was given, but what is run here. */
  readonly jobs: JobRunner;
  close(): Promise<void>;
}

interface ApiOptions {
  /**
   * `pglite`: embedded, in memory; `postgres`: a server of its own; else the URL of a running one's database. Several APIs
   * on one URL behave as one.
   */
  readonly database: 'pglite' | 'postgres' | { readonly url: string };
  readonly clock?: Clock;
  /** Drives what the API does by itself; without it that waits until a test runs it. */
  readonly ticker?: Ticker;
  readonly metricsToken?: string;
  /** Where log lines go; without it nothing is logged. */
  readonly logTo?: DestinationStream;
  /** APIs that share a database need the same one. */
  readonly secretKey?: Buffer;
}

const noTicker: Ticker = { every: () => () => {} };

const systemClock: Clock = { now: () => Date.now() };

/** Starts the real ticket API in this process on a free loopback port. */
export async function startApi(options: ApiOptions): Promise<RunningApi> {
  const { database: kind, clock = systemClock, metricsToken = null, logTo } = options;
  const postgres = kind === 'postgres' ? await startPostgres() : null;
  const url = postgres?.url ?? (typeof kind === 'object' ? kind.url : null);
  // Connections that break while idle are what some tests provoke; those that matter fail their query.
  const database = url === null ? await openPglite(null) : openPostgres(url, () => {});
  await migrate(database);
  const { app, firstAdmin, jobs } = await createApi({
    database,
    clock,
    ticker: options.ticker ?? noTicker,
    box: new SecretBox(options.secretKey ?? randomBytes(32)),
    logger: logTo === undefined ? pino({ level: 'silent' }) : pino({ level: 'debug' }, logTo),
    metricsToken,
    trustProxy: false,
    tls: null,
  });
  return {
    url: await app.listen({ host: '127.0.0.1', port: 0 }),
    adminLogin: firstAdmin?.login ?? 'admin',
    adminPassword: firstAdmin?.password ?? '',
    database,
    jobs,
    close: async () => {
      await app.close();
      await database.close();
      await postgres?.stop();
    },
  };
}
