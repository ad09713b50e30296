import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Another living process has the data folder. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse';
}

/**
 * Takes the data folder for this process and returns the release.
 *
 * The lock is a file with the holder's process id and the moment that process started: an id alone may meanwhile belong
 * to another program. A lock whose holder is gone (power cut, SIGKILL) is taken over. Throws {@link DataFolderInUse}.
 */
export async function lockDataFolder(folder: string): Promise<() => Promise<void>> {
  const lockFile = path.join(folder, 'api.lock');
  const mine = `${process.pid} ${await processStart(process.pid)} ${randomBytes(8).toString('hex')}\n`;
  const draft = path.join(folder, `api.lock.${randomBytes(8).toString('hex')}`);
  await writeFile(draft, mine, { mode: 0o600, flag: 'wx' });
  try {
    // A link appears whole or not at all, unlike a file that is created first and filled then.
    while (!(await linkNew(draft, lockFile))) await removeStale(lockFile);
  } finally {
    await rm(draft, { force: true });
  }
  return async () => {
    if ((await readIfThere(lockFile)) === mine) await rm(lockFile, { force: true });
  };
}

async function removeStale(lockFile: string): Promise<void> {
  const seen = await readIfThere(lockFile);
  if (seen === null) return;
  await refuseLiving(seen, lockFile);
  // Two processes may both find the stale lock: whoever renames it away owns what he renamed. Should that be the
  // other's fresh lock, it goes back.
  const aside = `${lockFile}.${randomBytes(8).toString('hex')}`;
  try {
    await rename(lockFile, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  if ((await readIfThere(aside)) !== seen) await linkNew(aside, lockFile);
  await rm(aside, { force: true });
}

async function refuseLiving(content: string, lockFile: string): Promise<void> {
  const [pidText = '', start = ''] = content.trim().split(' ');
  const pid = Number(pidText);
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

async function linkNew(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
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
