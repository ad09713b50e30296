import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import swagger from '@fastify/swagger';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Clock } from '#shared/clock.ts';
import { protocolVersionHeader, serverTimeHeader } from '#shared/protocol/protocol-version.ts';
import { Agents } from './access/agents.ts';
import { makeFirstAdmin, type FirstAdmin } from './access/first-admin.ts';
import { Sessions } from './access/sessions.ts';
import type { Database } from './database/database.ts';
import { feedChannel } from './feed/commit-changes.ts';
import { HeadReader } from './feed/heads.ts';
import { Authoriser } from './http/authorise.ts';
import { checkProtocol } from './http/check-protocol.ts';
import { describeError, replyToErrors, sendError } from './http/error-replies.ts';
import { makeHandlers } from './http/handlers.ts';
import { LiveChanges, registerLiveChanges } from './http/live-changes.ts';
import { registerMetrics } from './http/metrics.ts';
import { registerRoutes } from './http/register-routes.ts';
import { JobRunner } from './jobs/job-runner.ts';
import type { Ticker } from './jobs/ticker.ts';
import { MailboxRecords } from './mailbox/mailbox-records.ts';
import { PresentAgents, presenceChannel } from './presence/present-agents.ts';
import { StoredRules } from './regulation/stored-rules.ts';
import type { SecretBox } from './secrets/secret-box.ts';
import { QueuePages } from './tickets/queue-pages.ts';

/** What a ticket API is made of. */
export interface ApiParts {
  /** Open and migrated; stays the caller's to close, after the API. */
  readonly database: Database;
  readonly clock: Clock;
  /** Drives what the API does by itself. */
  readonly ticker: Ticker;
  readonly box: SecretBox;
  readonly logger: FastifyBaseLogger;
  readonly metricsToken: string | null;
  readonly trustProxy: boolean;
  /** PEM texts; null: plain HTTP. */
  readonly tls: { readonly certificate: string; readonly key: string } | null;
}

export interface Api {
  /** Not yet listening; `close` ends live streams and waits for requests under way. */
  readonly app: FastifyInstance;
  /** Set by the very first start on a database. */
  readonly firstAdmin: FirstAdmin | null;
  /** What the API does by itself; running already. */
  readonly jobs: JobRunner;
}

/** A batch of 500 letters with long References, with room. */
const bodyLimit = 16 * 1024 * 1024;

/** Builds the ticket API over an open database. The only place that creates its collaborators. */
export async function createApi(parts: ApiParts): Promise<Api> {
  const { database, clock, box, logger, tls } = parts;
  const heads = new HeadReader(database);
  const sessions = new Sessions(database, clock);
  const agents = new Agents(database, clock, sessions);
  const authoriser = new Authoriser(sessions, heads);
  const present = new PresentAgents(database, clock);
  const live = new LiveChanges({ heads, present, sessions, clock });
  const rules = new StoredRules();
  const jobs = new JobRunner({ database, rules, clock, logger });
  const handlers = makeHandlers({
    database,
    clock,
    sessions,
    agents,
    mailbox: new MailboxRecords(database, box),
    queuePages: new QueuePages(database, clock),
    present,
    rules,
  });

  const app = fastify({
    loggerInstance: logger,
    // Fastify's own lines hold URLs, and with them query strings; ours below hold routes.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    trustProxy: parts.trustProxy,
    serverFactory: (handler) =>
      tls === null
        ? createHttpServer({ keepAliveTimeout: 72_000 }, handler)
        : createHttpsServer({ keepAliveTimeout: 72_000, cert: tls.certificate, key: tls.key }, handler),
  });
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  // Answers are checked against the schemas by the compiler and by tests. fast-json-stringify would guess among the
  // many unions by validating each answer once more, and drop what it does not know.
  app.setSerializerCompiler(() => JSON.stringify);
  replyToErrors(app);

  app.addHook('onRequest', async (request, reply) => {
    const refused = checkProtocol(request.headers[protocolVersionHeader]);
    // Health is how a desk learns which versions the API speaks.
    if (refused !== null && request.routeOptions.url !== '/v1/health') await sendError(reply, refused);
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.header(serverTimeHeader, clock.now());
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const ms = Math.round(reply.elapsedTime);
    request.log.debug({ method: request.method, route, status: reply.statusCode, ms }, 'request');
    done();
  });

  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'STP Console ticket API', version: '1' },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
  });
  registerMetrics(app, authoriser, parts.metricsToken, { database, heads, present, live, clock, jobs });
  registerRoutes(app, handlers, authoriser, heads);
  registerLiveChanges(app, authoriser, live);
  app.get('/v1/openapi.json', { schema: { hide: true } }, async (request, reply) => {
    const authorised = await authoriser.authorise(request, 'read-only');
    return await (authorised.ok ? reply.send(app.swagger()) : sendError(reply, authorised.error));
  });

  const unlistenFeed = await database.listen(feedChannel, () => {
    live.announce().catch((error: unknown) => {
      logger.warn({ error: describeError(error) }, 'feed head not announced');
    });
  });
  const unlistenPresence = await database.listen(presenceChannel, () => {
    live.announcePresence().catch((error: unknown) => {
      logger.warn({ error: describeError(error) }, 'presence not announced');
    });
  });
  const stopJobs = jobs.start(parts.ticker);
  app.addHook('preClose', async () => {
    live.close();
    await stopJobs();
    await Promise.all([unlistenFeed(), unlistenPresence()]);
  });
  return { app, firstAdmin: await makeFirstAdmin(database, agents), jobs };
}
