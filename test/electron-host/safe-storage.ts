import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Electron's `safeStorage` without a key store: the key is a file that only its owner may read.
 *
 * That guards no better than Electron's own fallback, and so it calls itself by the same name, `basic_text`.
 */
export class HostSafeStorage {
  readonly #userData: () => string;

  constructor(userData: () => string) {
    this.#userData = userData;
  }

  isEncryptionAvailable(): boolean {
    return true;
  }

  getSelectedStorageBackend(): 'basic_text' {
    return 'basic_text';
  }

  setUsePlainTextEncryption(_use: boolean): void {}

  encryptString(plainText: string): Buffer {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key(), nonce);
    const sealed = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  decryptString(encrypted: Buffer): string {
    const decipher = createDecipheriv('aes-256-gcm', this.#key(), encrypted.subarray(0, 12));
    decipher.setAuthTag(encrypted.subarray(12, 28));
    return Buffer.concat([decipher.update(encrypted.subarray(28)), decipher.final()]).toString('utf8');
  }

  #key(): Buffer {
    const path = join(this.#userData(), 'electron-host.key');
    if (!existsSync(path)) {
      // Whole or not at all: a full disk must not leave an empty key, which would fit nothing for ever.
      const fresh = `${path}.${String(process.pid)}`;
      try {
        writeFileSync(fresh, randomBytes(32), { mode: 0o600, flush: true });
        renameSync(fresh, path);
      } finally {
        rmSync(fresh, { force: true });
      }
    }
    return readFileSync(path);
  }
}
