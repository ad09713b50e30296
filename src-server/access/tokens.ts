import { createHash, randomBytes } from 'node:crypto';

/** An opaque token of 256 random bits; its prefix lets people and scanners recognise a leaked one. */
export function newToken(kind: 'access' | 'refresh'): string {
  return `stp_${kind}_${randomBytes(32).toString('base64url')}`;
}

/** What is stored of a token: a plain hash suffices for 256 random bits. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
