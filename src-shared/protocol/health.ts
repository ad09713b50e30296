import { Type } from 'typebox';
import { MomentSchema } from '../moment.ts';

/** `GET /v1/health`: needs no token; `unavailable` while the database is away. */
export const HealthSchema = Type.Object({
  status: Type.Union([Type.Literal('ok'), Type.Literal('unavailable')]),
  protocolVersion: Type.Integer(),
  /** Desks that speak less than this are answered `upgrade-required`. */
  oldestProtocolVersion: Type.Integer(),
  serverTime: MomentSchema,
});
