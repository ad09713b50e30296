import type { FastifyInstance } from 'fastify';
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Clock } from '#shared/clock.ts';
import type { Database } from '../database/database.ts';
import type { HeadReader } from '../feed/heads.ts';
import { readWatermark } from '../ingest/watermarks.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import type { PresentAgents } from '../presence/present-agents.ts';
import { countSendRequests } from '../sends/report-send.ts';
import { bearerToken, isSameToken, type Authoriser } from './authorise.ts';
import { sendError } from './error-replies.ts';
import type { LiveChanges } from './live-changes.ts';

interface Watched {
  readonly database: Database;
  readonly heads: HeadReader;
  readonly present: PresentAgents;
  readonly live: LiveChanges;
  readonly clock: Clock;
  readonly jobs: JobRunner;
}

/** Registers `GET /metrics` for Prometheus. Labels are routes and counts; nothing personal can get into them. */
export function registerMetrics(
  app: FastifyInstance,
  authoriser: Authoriser,
  metricsToken: string | null,
  watched: Watched,
): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'stp_http_request_duration_seconds',
    help: 'Time from request to the last byte of the answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  addGauges(registry, watched);

  app.addHook('onResponse', (request, reply, done) => {
    durations.observe(
      { method: request.method, route: request.routeOptions.url ?? 'unknown', status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
    done();
  });
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    const token = bearerToken(request);
    const scraper = metricsToken !== null && token !== null && isSameToken(token, metricsToken);
    if (!scraper) {
      const authorised = await authoriser.authorise(request, 'admin');
      if (!authorised.ok) return await sendError(reply, authorised.error);
    }
    return await reply.type(registry.contentType).send(await registry.metrics());
  });
}

function addGauges(registry: Registry, { database, heads, present, live, clock, jobs }: Watched): void {
  const registers = [registry];
  const connections = new Gauge({
    name: 'stp_database_connections',
    help: 'Connections to the database, and requests that wait for one.',
    labelNames: ['state'],
    registers,
    collect: () => {
      for (const [state, count] of Object.entries(database.poolState())) connections.set({ state }, count);
    },
  });
  const feedHead = new Gauge({
    name: 'stp_feed_head',
    help: 'Newest version of the change feed.',
    registers,
    collect: async () => {
      feedHead.set(await orUnknown(async () => (await heads.read()).feedVersion));
    },
  });
  const watermarkAge = new Gauge({
    name: 'stp_watermark_age_seconds',
    help: 'Age of the moment up to which the mailbox is known to be taken in; NaN before the first report.',
    registers,
    collect: async () => {
      const ageOf = async (): Promise<number> => {
        const { at } = await readWatermark(database);
        return at === null ? Number.NaN : (clock.now() - at) / 1000;
      };
      watermarkAge.set(await orUnknown(ageOf));
    },
  });
  const lastRun = new Gauge({
    name: 'stp_jobs_last_run_timestamp_seconds',
    help: 'When this process last did the jobs to the end; NaN where it never did: one of all processes does them.',
    registers,
    collect: () => {
      lastRun.set(jobs.lastRunAt === null ? Number.NaN : jobs.lastRunAt / 1000);
    },
  });
  const automatic = new Gauge({
    name: 'stp_automatic_letters',
    help: 'Automatic letters that the desks were asked to send, by what became of them.',
    labelNames: ['state'],
    registers,
    collect: async () => {
      automatic.reset();
      const counts = await orNone(() => countSendRequests(database));
      for (const { state, count } of counts) automatic.set({ state }, count);
    },
  });
  const streams = new Gauge({
    name: 'stp_live_streams',
    help: 'Open streams of the change feed in this process.',
    registers,
    collect: () => {
      streams.set(live.count);
    },
  });
  const atTickets = new Gauge({
    name: 'stp_agents_at_tickets',
    help: 'Agents who have a ticket before them, by what their desks say to any process.',
    registers,
    collect: async () => {
      const count = async (): Promise<number> => {
        const entries = (await present.read()).present;
        return new Set(entries.map(({ agentId }) => agentId)).size;
      };
      atTickets.set(await orUnknown(count));
    },
  });
}

/** With the database away the process's own metrics are wanted all the more. */
async function orUnknown(value: () => Promise<number>): Promise<number> {
  try {
    return await value();
  } catch {
    return Number.NaN;
  }
}

async function orNone<T>(values: () => Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await values();
  } catch {
    return [];
  }
}
