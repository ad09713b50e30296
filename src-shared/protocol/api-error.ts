import { Type, type Static } from 'typebox';

/** Every failed call of the ticket API answers with one of these and a matching HTTP status. */
export const ApiErrorSchema = Type.Object({
  kind: Type.Union([
    /** 400: the body or the query does not fit the schema. */
    Type.Literal('invalid'),
    /** 401: no token, an expired or a revoked one. */
    Type.Literal('unauthorised'),
    /** 401: wrong login or password, or a disabled account; which of them is not said. */
    Type.Literal('wrong-credentials'),
    /** 429: too many failed log-ins; `retryAfterMs` is set. */
    Type.Literal('too-many-attempts'),
    /** 403: the role does not allow it. */
    Type.Literal('forbidden'),
    Type.Literal('not-found'),
    /** 409: somebody else changed it first. */
    Type.Literal('conflict'),
    /** 410: `after` belongs to another epoch; start again from 0. */
    Type.Literal('epoch-changed'),
    /** 426: the desk speaks an older protocol than the API. */
    Type.Literal('upgrade-required'),
    /** 503: the database is away or the process is stopping; try again. */
    Type.Literal('unavailable'),
    /** 500: a bug; `id` is also in the log. */
    Type.Literal('internal'),
  ]),
  /** English, for logs and for people who write clients; the desk shows its own words by `kind`. */
  message: Type.String(),
  id: Type.Optional(Type.String()),
  retryAfterMs: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type ApiError = Static<typeof ApiErrorSchema>;
