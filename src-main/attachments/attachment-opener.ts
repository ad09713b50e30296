import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '#shared/result.ts';
import { errorCode } from '../journal/disk.ts';
import { mayBeOpened } from './file-kind.ts';
import { safeFileName } from './safe-file-name.ts';

export interface OpenError {
  readonly kind: 'unsafe-file' | 'no-program' | 'disk-full' | 'disk-failed';
}

interface AttachmentOpenerParts {
  /** A folder of its own: everything in it is deleted at start and end. */
  readonly folder: string;
  readonly platform: NodeJS.Platform;
  /** False when no program opens it. */
  readonly openPath: (path: string) => Promise<boolean>;
}

/**
 * Opens attachments in the system's program for them.
 *
 * What may run is refused. The rest lies in a folder that only its owner may enter, read-only, until the desk ends, and
 * Windows is told that it came from outside, so that programs show it guarded.
 */
export class AttachmentOpener {
  readonly #parts: AttachmentOpenerParts;

  constructor(parts: AttachmentOpenerParts) {
    this.#parts = parts;
  }

  /** Deletes what was opened before; files that a program still holds go at the next start. */
  async clear(): Promise<void> {
    await rm(this.#parts.folder, { recursive: true, force: true }).catch(() => {});
  }

  async open(name: string, bytes: Uint8Array): Promise<Result<void, OpenError>> {
    const { stem, extension } = safeFileName(name);
    if (!mayBeOpened(extension, bytes)) return err({ kind: 'unsafe-file' });
    try {
      const path = await this.#write(`${stem}.${extension}`, bytes);
      return (await this.#parts.openPath(path)) ? ok(undefined) : err({ kind: 'no-program' });
    } catch (error) {
      return err({ kind: errorCode(error) === 'ENOSPC' ? 'disk-full' : 'disk-failed' });
    }
  }

  /** In a folder of its own, so that two files of one name do not meet. */
  async #write(name: string, bytes: Uint8Array): Promise<string> {
    const { folder, platform } = this.#parts;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    const path = join(await mkdtemp(join(folder, 'a-')), name);
    await writeFile(path, bytes, { flag: 'wx', mode: 0o600 });
    // Zone 3 is the Internet (MS-FSCC 5.6.1): Office opens it in its protected view.
    if (platform === 'win32') await writeFile(`${path}:Zone.Identifier`, '[ZoneTransfer]\r\nZoneId=3\r\n');
    await chmod(path, 0o400);
    return path;
  }
}
