import type { Log } from '#main/log.ts';
import type { KeyStore } from '#main/vault/key-store.ts';
import { systemDisk, type Disk, type DiskFile } from '#main/journal/disk.ts';

export const quiet: Log = { info: () => {}, warn: () => {}, error: () => {} };

export const password = 'очень длинный пароль';

/** Guessing is not what is tried. */
export const cheapCost = { log2N: 4, r: 8, p: 1 };

/** A key store that guards nothing. */
export const openKeyStore: KeyStore = {
  backend: () => 'basic_text',
  encrypt: (text) => Buffer.from(text),
  decrypt: (bytes) => Buffer.from(bytes).toString(),
};

/**
 * The disk of a process that can be killed: from then on nothing reaches it, whatever is still under way. What was
 * written stays, as it does when a process ends; power cuts are tried elsewhere, so nothing is synced.
 */
export class MortalDisk implements Disk {
  #isDead = false;

  die(): void {
    this.#isDead = true;
  }

  read(path: string): Promise<Uint8Array | null> {
    return systemDisk.read(path);
  }

  async create(path: string): Promise<DiskFile> {
    this.#check();
    return this.#file(await systemDisk.create(path));
  }

  async openForWriting(path: string): Promise<DiskFile> {
    this.#check();
    return this.#file(await systemDisk.openForWriting(path));
  }

  async rename(from: string, to: string): Promise<void> {
    this.#check();
    await systemDisk.rename(from, to);
  }

  async remove(path: string): Promise<void> {
    this.#check();
    await systemDisk.remove(path);
  }

  #file(file: DiskFile): DiskFile {
    return {
      write: async (bytes, position) => {
        this.#check();
        await file.write(bytes, position);
      },
      sync: async () => {
        this.#check();
        await Promise.resolve();
      },
      truncate: async (size) => {
        this.#check();
        await file.truncate(size);
      },
      close: () => file.close(),
    };
  }

  #check(): void {
    if (this.#isDead) throw new Error('the process is dead');
  }
}
