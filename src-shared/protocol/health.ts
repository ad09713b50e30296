import { Type, type Static } from 'typebox';
import { MomentSchema } from '../moment.ts';

/** `GET /v1/health`: the only call without a token. */
export const HealthSchema = Type.Object({
  status: Type.Union([Type.Literal('ok'), Type.Literal('unavailable')]),
  protocolVersion: Type.Integer(),
  /** Desks that speak less than this are answered `upgrade-required`. */
  oldestProtocolVersion: Type.Integer(),
  serverTime: MomentSchema,
});
export type Health = Static<typeof HealthSchema>;
