import { Type, type Static } from 'typebox';
import { MomentSchema } from '../moment.ts';
import { AgentSchema } from './agent.ts';

/** `POST /v1/login`. */
export const LoginSchema = Type.Object({
  login: Type.String({ maxLength: 64 }),
  password: Type.String({ maxLength: 256 }),
});
export type Login = Static<typeof LoginSchema>;

/** `POST /v1/refresh`: the refresh token is used up; presenting it again revokes the whole session. */
export const RefreshSchema = Type.Object({ refreshToken: Type.String({ maxLength: 256 }) });

/** The answer to a log-in or a refresh. Tokens are opaque, sent as `Authorization: Bearer`. */
export const SessionSchema = Type.Object({
  accessToken: Type.String(),
  accessExpiresAt: MomentSchema,
  refreshToken: Type.String(),
  refreshExpiresAt: MomentSchema,
  agent: AgentSchema,
  /** The API's clock, to measure the desk's offset. */
  serverTime: MomentSchema,
  epoch: Type.String(),
});
export type Session = Static<typeof SessionSchema>;

/**
 * `GET`/`PUT /v1/escrow`: the desk's data key wrapped by a key derived from the agent's password. The API cannot open
 * it; it only keeps it for the day when an operating system's key store is lost.
 */
export const KeyEscrowSchema = Type.Object({
  /** Base64: salt, nonce and AES-256-GCM ciphertext in the desk's own versioned form. */
  wrappedKey: Type.String({ minLength: 1, maxLength: 4096, pattern: '^[A-Za-z0-9+/=]+$' }),
});
export type KeyEscrow = Static<typeof KeyEscrowSchema>;
