import { createHash } from 'node:crypto';
import { readFile, realpath, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { holdingName } from './kernel-name.ts';

/** Another living process has the data folder. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse';
}

/**
 * Takes the data folder for this process and returns the release.
 *
 * The lock is a file with the holder's process id and the moment that process started: an id alone may meanwhile belong
 * to another program. A lock whose holder is gone (power cut, SIGKILL) is taken over. Files alone cannot do that safely
 * when several starters find the same stale lock, so one at a time looks and takes, under a name that the kernel frees
 * with its process. Throws {@link DataFolderInUse}.
 */
export async function lockDataFolder(folder: string): Promise<() => Promise<void>> {
  const lockFile = path.join(folder, 'api.lock');
  const mine = `${process.pid} ${await processStart(process.pid)}\n`;
  const name = `stp-api-${createHash('sha256')
    .update(await realpath(folder))
    .digest('hex')
    .slice(0, 32)}`;
  await holdingName(name, async () => {
    await refuseLiving(await readIfThere(lockFile), lockFile);
    await writeFile(lockFile, mine, { mode: 0o600 });
  });
  return async () => {
    await rm(lockFile, { force: true });
  };
}

async function refuseLiving(content: string | null, lockFile: string): Promise<void> {
  const [pidText = '', start = ''] = content?.trim().split(' ') ?? [];
  const pid = Number(pidText);
  // A torn file was being written by somebody who is gone: only one writes at a time.
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isAlive(pid)) return;
  const current = await processStart(pid);
  if (current !== start && current !== unknownStart && start !== unknownStart) return;
  throw new DataFolderInUse(
    `The data folder is in use by process ${pid} (lock file ${lockFile}). The embedded database takes one ticket API at a time: stop the other one, or give this one its own STP_DATA_DIR or a DATABASE_URL.`,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, under another user.
    return isCode(error, 'EPERM');
  }
}

const unknownStart = '-';

/** When a process started, in the kernel's clock ticks since boot (proc(5), stat field 22); unknown outside Linux. */
async function processStart(pid: number): Promise<string> {
  const stat = await readIfThere(`/proc/${pid}/stat`);
  // The second field is the program's name in parentheses and may hold spaces itself.
  const afterName = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return afterName?.[19] ?? unknownStart;
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
