import { Type } from 'typebox';

/** A moment on the wire: whole epoch milliseconds, UTC. */
export const MomentSchema = Type.Integer({ minimum: -8_640_000_000_000_000, maximum: 8_640_000_000_000_000 });
