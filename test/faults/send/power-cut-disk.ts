import { readFileSync, writeFileSync } from 'node:fs';
import { systemDisk, type Disk, type DiskFile } from '#main/journal/disk.ts';
import type { Random } from '../../demo/random.ts';

/**
 * The real files of a folder, on a machine that can lose power.
 *
 * What was written and not synced is there for everybody until the power goes; then it is gone, or a part of it has come
 * to the platters, as chance has it. What was synced stays. Renames are on disk when they return, as `Disk` promises.
 * No real sync is asked for: only this model decides what survives.
 */
export class PowerCutDisk implements Disk {
  readonly #random: Random;
  /** What would be found after a power cut, by path; what is missing was found whole when it was opened. */
  readonly #durable = new Map<string, Uint8Array>();
  readonly #open = new Set<DiskFile>();
  /** What the operating system is about. */
  readonly #underWay = new Set<Promise<unknown>>();
  #isOff = false;

  constructor(random: Random) {
    this.#random = random;
  }

  /** The power goes: nothing that is still asked for ever ends. Resolves when the folder is as a new start finds it. */
  async cut(): Promise<void> {
    this.#isOff = true;
    await Promise.allSettled(this.#underWay);
    for (const file of this.#open) await file.close();
    for (const [path, durable] of this.#durable) {
      const live = readOr(path, durable);
      writeFileSync(path, this.#survivor(durable, live));
    }
  }

  async read(path: string): Promise<Uint8Array | null> {
    return await this.#whenOn(() => systemDisk.read(path));
  }

  async create(path: string): Promise<DiskFile> {
    return await this.#whenOn(async () => {
      const file = await systemDisk.create(path);
      this.#durable.set(path, new Uint8Array());
      return this.#file(file, path);
    });
  }

  async openForWriting(path: string): Promise<DiskFile> {
    return await this.#whenOn(async () => {
      const file = await systemDisk.openForWriting(path);
      if (!this.#durable.has(path)) this.#durable.set(path, readFileSync(path));
      return this.#file(file, path);
    });
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#whenOn(async () => {
      await systemDisk.rename(from, to);
      const durable = this.#durable.get(from);
      this.#durable.delete(from);
      if (durable !== undefined) this.#durable.set(to, durable);
    });
  }

  async remove(path: string): Promise<void> {
    await this.#whenOn(async () => {
      await systemDisk.remove(path);
      this.#durable.delete(path);
    });
  }

  #file(file: DiskFile, path: string): DiskFile {
    this.#open.add(file);
    return {
      write: (bytes, position) => this.#whenOn(() => file.write(bytes, position)),
      sync: () =>
        this.#whenOn(() => {
          this.#durable.set(path, readFileSync(path));
          return Promise.resolve();
        }),
      truncate: (size) => this.#whenOn(() => file.truncate(size)),
      close: () =>
        this.#whenOn(async () => {
          this.#open.delete(file);
          await file.close();
        }),
    };
  }

  #survivor(durable: Uint8Array, live: Uint8Array): Uint8Array {
    const fate = this.#random.integer(0, 2);
    if (fate === 0 || live.length <= durable.length) return durable;
    if (fate === 1) return live;
    return live.subarray(0, this.#random.integer(durable.length, live.length));
  }

  async #whenOn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isOff) return await new Promise<never>(() => {});
    const working = work();
    this.#underWay.add(working);
    const done = await working.finally(() => this.#underWay.delete(working));
    return this.#isOff ? await new Promise<never>(() => {}) : done;
  }
}

function readOr(path: string, otherwise: Uint8Array): Uint8Array {
  try {
    return readFileSync(path);
  } catch {
    return otherwise;
  }
}
