import type { Author } from '#shared/ticket/author.ts';

/** Who makes a request, by the access token. */
export interface Caller extends Author {
  readonly sessionId: string;
  /** When the access token stops being valid. */
  readonly expiresAt: number;
}
