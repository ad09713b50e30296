import type { Login, Session } from '#shared/protocol/session.ts';

/** What a desk proves itself with. */
export interface ApiTokens {
  readonly access: { readonly token: string; readonly expiresAt: number } | null;
  readonly refresh: { readonly token: string; readonly expiresAt: number } | null;
}

/** Where the client finds its tokens and leaves new ones. */
export interface TokenKeeper {
  read(): ApiTokens;
  /** Given once the API was away at a log-in: used as soon as it can be asked, then forgotten. */
  credentials(): Login | null;
  /** Resolves when the new refresh token would survive a crash: the old one is used up. */
  renewed(session: Session): Promise<void>;
  /** The API will not have these tokens any more. */
  refused(): void;
}
