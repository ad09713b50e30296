import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { ApiError } from '#shared/protocol/api-error.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { roleAllows, type Role } from '#shared/ticket/author.ts';
import type { Caller } from '../access/caller.ts';
import type { Sessions } from '../access/sessions.ts';
import { hashToken } from '../access/tokens.ts';
import type { HeadReader, Heads } from '../feed/heads.ts';

/** Who calls, and the heads as they stood after the request came in. */
export interface Authorised {
  readonly caller: Caller;
  readonly heads: Heads;
}

/** Checks tokens and roles. */
export class Authoriser {
  readonly #sessions: Sessions;
  readonly #heads: HeadReader;

  constructor(sessions: Sessions, heads: HeadReader) {
    this.#sessions = sessions;
    this.#heads = heads;
  }

  async authorise(request: FastifyRequest, needed: Role): Promise<Result<Authorised, ApiError>> {
    const token = bearerToken(request);
    if (token === null)
      return err({ kind: 'unauthorised', message: 'A token is needed: Authorization: Bearer.' });
    const heads = await this.#heads.read();
    const caller = await this.#sessions.authenticate(token, heads);
    if (caller === null) {
      return err({ kind: 'unauthorised', message: 'The token is unknown, expired or revoked.' });
    }
    if (!roleAllows(caller.role, needed)) {
      return err({ kind: 'forbidden', message: `The role ${needed} is needed.` });
    }
    return ok({ caller, heads });
  }
}

export function bearerToken(request: FastifyRequest): string | null {
  return /^Bearer ([A-Za-z0-9._~+/-]{1,512}=*)$/iu.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

/** Compares two tokens in constant time, whatever their lengths. */
export function isSameToken(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(hashToken(a)), Buffer.from(hashToken(b)));
}
