import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 } from 'uuid';
import type { AttachmentId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { seal, sealOverhead, unseal } from '../vault/seal.ts';
import { diskProblem, errorCode, syncFolder, type DiskProblem } from './disk.ts';

export interface AttachmentError {
  readonly kind:
    | DiskProblem
    | 'not-found'
    /** Shortened, changed, or sealed with another key. */
    | 'damaged'
    | 'too-large'
    /** The bytes stopped coming before their end. */
    | 'source-failed';
}

interface AttachmentStoreOptions {
  /** Made when missing; nothing else may lie in it. */
  readonly dir: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** What the journal still needs; everything else is removed at opening. Null when nobody knows: everything stays. */
  readonly referenced: ReadonlySet<string> | null;
  readonly maxBytes: number;
}

/*
 * A file: "STPFILE\n" 8 | format version 4 | chunks. Every chunk but the last seals 256 KiB, the last one what is left,
 * perhaps nothing; its place and whether it is the last are part of the seal's context, so that a file cut at a chunk's
 * border, or with chunks exchanged, does not open.
 */
const magic = Buffer.from('STPFILE\n\0\0\0\u0001', 'latin1');
const chunkBytes = 256 * 1024;
const sealedChunkBytes = chunkBytes + sealOverhead;

/** Files of drafts and outgoing letters, encrypted beside the journal. */
export class AttachmentStore {
  readonly #dir: string;
  readonly #key: Uint8Array;
  readonly #maxBytes: number;

  private constructor(options: AttachmentStoreOptions) {
    this.#dir = options.dir;
    this.#key = options.key;
    this.#maxBytes = options.maxBytes;
  }

  /** Opens the store and removes files that the journal does not need: what was begun and never came into a draft. */
  static async open(options: AttachmentStoreOptions): Promise<Result<AttachmentStore, AttachmentError>> {
    try {
      await mkdir(options.dir, { recursive: true, mode: 0o700 });
      const { dir, referenced } = options;
      const left = referenced === null ? [] : (await readdir(dir)).filter((name) => !referenced.has(name));
      // What a disk that refuses keeps is removed at a later start.
      for (const name of left) await rm(join(dir, name), { force: true }).catch(() => {});
      return ok(new AttachmentStore(options));
    } catch (error) {
      return err({ kind: diskProblem(error) });
    }
  }

  /** Resolves when file and folder would survive a power cut; before that nothing is there. */
  async put(
    bytes: Uint8Array | AsyncIterable<Uint8Array>,
  ): Promise<Result<{ readonly id: AttachmentId; readonly size: number }, AttachmentError>> {
    const id = v7() as AttachmentId;
    const path = join(this.#dir, id);
    const temporary = `${path}.new`;
    try {
      const written = await this.#write(temporary, id, bytes instanceof Uint8Array ? oneOf(bytes) : bytes);
      if (!written.ok) {
        await rm(temporary, { force: true });
        return written;
      }
      await rename(temporary, path);
      await syncFolder(this.#dir);
      return ok({ id, size: written.value });
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {});
      return err({ kind: diskProblem(error) });
    }
  }

  /** The whole file. */
  async get(id: AttachmentId): Promise<Result<Uint8Array, AttachmentError>> {
    const path = join(this.#dir, id);
    try {
      const { size } = await stat(path);
      const chunks: Uint8Array[] = [];
      const last = Math.ceil((size - magic.length) / sealedChunkBytes) - 1;
      let index = -1;
      for await (const part of parts(path)) {
        if (index >= 0) {
          const chunk = unseal(this.#key, part, context(id, index, index === last));
          if (chunk === null) return err({ kind: 'damaged' });
          chunks.push(chunk);
        } else if (!magic.equals(part)) {
          return err({ kind: 'damaged' });
        }
        index += 1;
      }
      return index === last + 1 && last >= 0 ? ok(Buffer.concat(chunks)) : err({ kind: 'damaged' });
    } catch (error) {
      return err({ kind: errorCode(error) === 'ENOENT' ? 'not-found' : 'disk-failed' });
    }
  }

  /** Removing what is not there is no error. */
  async remove(id: AttachmentId): Promise<Result<void, AttachmentError>> {
    try {
      await rm(join(this.#dir, id), { force: true });
      return ok(undefined);
    } catch (error) {
      return err({ kind: diskProblem(error) });
    }
  }

  async #write(
    path: string,
    id: AttachmentId,
    source: AsyncIterable<Uint8Array>,
  ): Promise<Result<number, AttachmentError>> {
    const handle = await open(path, 'wx', 0o600);
    try {
      await handle.writeFile(magic);
      const size = await this.#writeChunks(handle, id, source);
      if (size.ok) await handle.sync();
      return size;
    } finally {
      await handle.close();
    }
  }

  async #writeChunks(
    handle: FileHandle,
    id: AttachmentId,
    source: AsyncIterable<Uint8Array>,
  ): Promise<Result<number, AttachmentError>> {
    let gathered: Uint8Array[] = [];
    let gatheredBytes = 0;
    let size = 0;
    let index = 0;
    const reader = source[Symbol.asyncIterator]();
    try {
      for (;;) {
        const step = await reader.next().catch(() => null);
        if (step === null) return err({ kind: 'source-failed' });
        if (step.done === true) break;
        size += step.value.length;
        if (size > this.#maxBytes) return err({ kind: 'too-large' });
        gathered.push(step.value);
        gatheredBytes += step.value.length;
        // A full chunk is written when something follows it: only then it is known not to be the last.
        if (gatheredBytes <= chunkBytes) continue;
        let rest = Buffer.concat(gathered);
        for (; rest.length > chunkBytes; index += 1) {
          await handle.writeFile(seal(this.#key, rest.subarray(0, chunkBytes), context(id, index, false)));
          rest = rest.subarray(chunkBytes);
        }
        gathered = [rest];
        gatheredBytes = rest.length;
      }
    } finally {
      await reader.return?.();
    }
    await handle.writeFile(seal(this.#key, Buffer.concat(gathered), context(id, index, true)));
    return ok(size);
  }
}

async function* oneOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

/** The header, then one sealed chunk after the other. */
async function* parts(path: string): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  let wanted = magic.length;
  for await (const read of createReadStream(path, { highWaterMark: sealedChunkBytes })) {
    rest = Buffer.concat([rest, read as Buffer]);
    while (rest.length >= wanted) {
      yield rest.subarray(0, wanted);
      rest = rest.subarray(wanted);
      wanted = sealedChunkBytes;
    }
  }
  if (rest.length > 0) yield rest;
}

function context(id: AttachmentId, index: number, last: boolean): Uint8Array {
  return Buffer.from(`attachment 1 ${id} ${String(index)} ${last ? 'last' : 'more'}`, 'latin1');
}
