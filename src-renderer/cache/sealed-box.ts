import { DamagedCache } from './damaged-cache.ts';
import { base64Bytes, type Bytes } from './bytes.ts';

/** Grows with every change of what is stored; a database of another version is rebuilt. */
export const storedVersion = 4;

const ivLength = 12;

/**
 * Seals stored records with AES-256-GCM under the profile's cache key.
 *
 * A record opens only in the table and under the key that it was sealed for, so that records cannot be swapped. The key
 * is not extractable. IVs are random: 96 bits are good for 2^32 records (NIST SP 800-38D §8.3). Sealing awaits
 * WebCrypto, which would end an IndexedDB transaction early: seal before the transaction opens.
 */
export class SealedBox {
  readonly #key: CryptoKey;

  private constructor(key: CryptoKey) {
    this.#key = key;
  }

  /** `keyBase64` holds 32 bytes. */
  static async withKey(keyBase64: string): Promise<SealedBox> {
    const raw = base64Bytes(keyBase64);
    const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
    raw.fill(0);
    return new SealedBox(key);
  }

  /** Answers IV, ciphertext and tag in one piece. */
  async seal(table: string, key: string, plain: Bytes): Promise<Bytes> {
    const iv = crypto.getRandomValues(new Uint8Array(ivLength));
    const parameters = { name: 'AES-GCM', iv, additionalData: additionalData(table, key) };
    const sealed = new Uint8Array(await crypto.subtle.encrypt(parameters, this.#key, plain));
    const record = new Uint8Array(ivLength + sealed.length);
    record.set(iv);
    record.set(sealed, ivLength);
    return record;
  }

  /** Throws {@link DamagedCache} for anything that was not sealed for this place under this key. */
  async open(table: string, key: string, record: Bytes): Promise<Bytes> {
    const iv = record.subarray(0, ivLength);
    const parameters = { name: 'AES-GCM', iv, additionalData: additionalData(table, key) };
    try {
      return new Uint8Array(await crypto.subtle.decrypt(parameters, this.#key, record.subarray(ivLength)));
    } catch (cause) {
      throw new DamagedCache(`${table} does not open`, { cause });
    }
  }
}

function additionalData(table: string, key: string): Bytes {
  return new TextEncoder().encode(`${storedVersion}\n${table}\n${key}`);
}
