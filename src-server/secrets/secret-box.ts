import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const version = 1;
const nonceLength = 12;
const tagLength = 16;

/**
 * Seals small secrets for the database: AES-256-GCM, `purpose` bound in as additional data, so that a sealed value
 * cannot be moved to another place. Form: version byte, nonce, tag, ciphertext, in base64.
 */
export class SecretBox {
  readonly #key: Buffer;

  /** `key` has 32 bytes. */
  constructor(key: Buffer) {
    if (key.length !== 32) throw new RangeError('the secret key takes 32 bytes');
    this.#key = key;
  }

  seal(purpose: string, plain: string): string {
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    cipher.setAAD(Buffer.from(purpose, 'utf8'));
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), sealed]).toString('base64');
  }

  /** Throws when the value was sealed under another key or for another purpose, or was changed. */
  open(purpose: string, sealed: string): string {
    const bytes = Buffer.from(sealed, 'base64');
    if (bytes[0] !== version) throw new Error('sealed by an unknown version');
    const nonce = bytes.subarray(1, 1 + nonceLength);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: tagLength });
    decipher.setAAD(Buffer.from(purpose, 'utf8'));
    decipher.setAuthTag(bytes.subarray(1 + nonceLength, 1 + nonceLength + tagLength));
    const plain = decipher.update(bytes.subarray(1 + nonceLength + tagLength));
    return Buffer.concat([plain, decipher.final()]).toString('utf8');
  }
}
