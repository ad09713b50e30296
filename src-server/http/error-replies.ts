import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiError } from '#shared/protocol/api-error.ts';
import { isDatabaseAway } from '../database/sql-error.ts';

const statuses: Readonly<Record<ApiError['kind'], number>> = {
  invalid: 400,
  unauthorised: 401,
  'wrong-credentials': 401,
  'too-many-attempts': 429,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'epoch-changed': 410,
  'upgrade-required': 426,
  unavailable: 503,
  internal: 500,
};

/** Sends an error in the one form that errors have. */
export async function sendError(reply: FastifyReply, error: ApiError): Promise<FastifyReply> {
  if (error.retryAfterMs !== undefined) reply.header('retry-after', Math.ceil(error.retryAfterMs / 1000));
  return await reply.code(statuses[error.kind]).send(error);
}

/** Turns everything thrown into an `ApiError`; nothing of what the request held gets into the answer or the log. */
export function replyToErrors(app: FastifyInstance): void {
  app.setNotFoundHandler(
    async (_request, reply) =>
      await sendError(reply, { kind: 'not-found', message: 'There is no such call.' }),
  );
  app.setErrorHandler(
    async (error: unknown, request, reply) => await sendError(reply, toApiError(error, request)),
  );
}

function toApiError(error: unknown, request: FastifyRequest): ApiError {
  const { validation, statusCode, code } = fastifyErrorOf(error);
  if (validation !== null) return { kind: 'invalid', message: validation };
  if (statusCode !== null && statusCode >= 400 && statusCode < 500) {
    return { kind: 'invalid', message: `The request cannot be read (${code}).` };
  }
  if (isDatabaseAway(error)) {
    request.log.warn({ error: describeError(error) }, 'database away');
    return { kind: 'unavailable', message: 'The database is away; try again.' };
  }
  const id = randomUUID();
  request.log.error({ id, error: describeError(error) }, 'internal error');
  return {
    kind: 'internal',
    message: 'Something went wrong in the API; its log has more under this id.',
    id,
  };
}

/**
 * What the log may know of an exception: its kind and where it came from. Never its message: databases, parsers and
 * validators quote the data they stumbled over.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const field = (name: string): string | undefined => {
    const value: unknown = Reflect.get(error, name);
    return typeof value === 'string' ? value : undefined;
  };
  const causes = error instanceof AggregateError ? error.errors.slice(0, 3).map(describeError) : undefined;
  return {
    name: error.name,
    code: field('code'),
    table: field('table'),
    constraint: field('constraint'),
    routine: field('routine'),
    frames: error.stack?.split('\n').filter((line) => /^\s+at /u.test(line)),
    causes,
  };
}

function fastifyErrorOf(error: unknown): {
  readonly validation: string | null;
  readonly statusCode: number | null;
  readonly code: string;
} {
  if (!(error instanceof Error)) return { validation: null, statusCode: null, code: '' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
  const statusCode = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : null;
  const validation = 'validation' in error && Array.isArray(error.validation) ? error.validation : null;
  if (validation === null) return { validation: null, statusCode, code };
  const part = 'validationContext' in error ? String(error.validationContext) : 'request';
  return { validation: `The ${part} does not fit the schema: ${firstRules(validation)}.`, statusCode, code };
}

/** Where and which rule, but not what stood there. */
function firstRules(validation: readonly unknown[]): string {
  const rules = validation.slice(0, 3).map((item) => {
    if (typeof item !== 'object' || item === null) return 'unknown';
    const place: unknown = Reflect.get(item, 'instancePath');
    const rule: unknown = Reflect.get(item, 'keyword');
    return `${typeof place === 'string' && place !== '' ? place : '/'} (${typeof rule === 'string' ? rule : 'schema'})`;
  });
  return rules.join(', ');
}
