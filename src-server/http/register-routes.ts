import type { TSchema } from 'typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiErrorSchema, type ApiError } from '#shared/protocol/api-error.ts';
import { apiRoutes, type ApiRouteName } from '#shared/protocol/api-routes.ts';
import type { Result } from '#shared/result.ts';
import type { Role } from '#shared/ticket/author.ts';
import type { HeadReader, Heads } from '../feed/heads.ts';
import { isDatabaseAway } from '../database/sql-error.ts';
import type { Authorised, Authoriser } from './authorise.ts';
import { sendError } from './error-replies.ts';
import type { Handlers } from './handlers.ts';
import { ReadyJson } from './ready-json.ts';

/** A route of the table, with its optional parts spelt out. */
interface RouteParts {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly role: Role | 'public';
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  readonly answer: TSchema;
}

/** Registers every route of the table: its check of token and role, its schemas, its handler. */
export function registerRoutes(
  app: FastifyInstance,
  handlers: Handlers,
  authoriser: Authoriser,
  heads: HeadReader,
): void {
  const names = Object.keys(apiRoutes) as ApiRouteName[];
  for (const name of names) registerRoute(app, name, handlers, authoriser, heads);
}

function registerRoute(
  app: FastifyInstance,
  name: ApiRouteName,
  handlers: Handlers,
  authoriser: Authoriser,
  heads: HeadReader,
): void {
  const { method, path, role, params, query, body, answer }: RouteParts = apiRoutes[name];
  // What the schemas admit is exactly what the handler of this name takes; the hook sets the caller by the route's role.
  const handle = handlers[name] as unknown as (call: object) => Promise<Result<object, ApiError>>;
  const calls = new WeakMap<
    FastifyRequest,
    Authorised | { readonly caller: null; readonly heads: Heads | null }
  >();
  app.route({
    method,
    url: path,
    schema: {
      operationId: name,
      ...(role === 'public' ? { security: [] } : {}),
      ...(params === undefined ? {} : { params }),
      ...(query === undefined ? {} : { querystring: query }),
      ...(body === undefined ? {} : { body }),
      response: { 200: answer, '4xx': ApiErrorSchema, '5xx': ApiErrorSchema },
    },
    // Before the body is read: strangers' megabytes are not even parsed.
    onRequest: async (request, reply) => {
      if (role === 'public') {
        calls.set(request, { caller: null, heads: await headsIfThere(heads) });
        return;
      }
      const authorised = await authoriser.authorise(request, role);
      if (authorised.ok) calls.set(request, authorised.value);
      else await sendError(reply, authorised.error);
    },
    handler: async (request, reply) => {
      const authorised = calls.get(request);
      if (authorised === undefined) throw new Error('a request came past its check');
      const result = await handle({
        ...authorised,
        params: request.params,
        query: request.query,
        body: request.body,
        address: request.ip,
      });
      if (!result.ok) return await sendError(reply, result.error);
      if (result.value instanceof ReadyJson) {
        return await reply.type('application/json; charset=utf-8').send(result.value.body);
      }
      return await reply.send(result.value);
    },
  });
}

/** Public calls are told politely that the database is away. */
async function headsIfThere(heads: HeadReader): Promise<Heads | null> {
  try {
    return await heads.read();
  } catch (error) {
    if (isDatabaseAway(error)) return null;
    throw error;
  }
}
