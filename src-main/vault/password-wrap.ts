import { randomBytes, scrypt } from 'node:crypto';
import { seal, sealOverhead, unseal } from './seal.ts';

/** How hard guessing the password is: memory is 128 * 2^log2N * r bytes. */
export interface ScryptCost {
  readonly log2N: number;
  readonly r: number;
  readonly p: number;
}

/** 128 MiB and about 0.4 s on an office PC: OWASP's first choice for scrypt (Password Storage Cheat Sheet, 2023). */
export const standardCost: ScryptCost = { log2N: 17, r: 8, p: 1 };

/** A wrapped key may come from the API: what it asks for is not paid beyond this, 1 GiB. */
const maxMemory = 1024 * 1024 * 1024;

const version = 1;
const saltBytes = 16;
const headBytes = 4 + saltBytes;
const keyBytes = 32;

/**
 * Wraps a 32-byte key by a password, as base64: version 1, log2 N, r, p, one byte each, salt 16, then the key sealed
 * with everything before it as context. `owner` binds it to one profile.
 */
export async function wrapByPassword(
  key: Uint8Array,
  password: string,
  owner: string,
  cost: ScryptCost = standardCost,
): Promise<string> {
  const head = Buffer.concat([Uint8Array.of(version, cost.log2N, cost.r, cost.p), randomBytes(saltBytes)]);
  const wrapping = await derive(password, head.subarray(4), cost);
  return Buffer.concat([head, seal(wrapping, key, context(head, owner))]).toString('base64');
}

/** The wrapped key; null for another password, another owner, or anything that is not a wrapped key. */
export async function unwrapByPassword(
  wrapped: string,
  password: string,
  owner: string,
): Promise<Uint8Array | null> {
  const bytes = Buffer.from(wrapped, 'base64');
  if (bytes.length !== headBytes + keyBytes + sealOverhead || bytes[0] !== version) return null;
  const [, log2N = 0, r = 0, p = 0] = bytes;
  const head = bytes.subarray(0, headBytes);
  if (log2N < 1 || log2N > 30 || r < 1 || p < 1 || p > 16) return null;
  if (128 * 2 ** log2N * r > maxMemory) return null;
  const wrapping = await derive(password, head.subarray(4), { log2N, r, p });
  return unseal(wrapping, bytes.subarray(headBytes), context(head, owner));
}

function derive(password: string, salt: Uint8Array, { log2N, r, p }: ScryptCost): Promise<Uint8Array> {
  const N = 2 ** log2N;
  // Twice the table: the limit also counts scrypt's smaller buffers.
  const options = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    // Unicode forms differ between keyboards of Windows and Linux: one password, one form.
    scrypt(password.normalize('NFC'), salt, keyBytes, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

function context(head: Uint8Array, owner: string): Uint8Array {
  return Buffer.concat([head, Buffer.from(owner, 'utf8')]);
}
