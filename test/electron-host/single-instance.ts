import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type SecondInstance = (argv: string[], workingDirectory: string) => void;

/** Whether the lock is this process's, and when its holder has been told of this start. */
interface Claim {
  readonly isHeld: boolean;
  readonly told: Promise<void>;
}

/**
 * Takes the lock of a user-data folder, or tells its holder about this start.
 *
 * The lock is a file with the holder's process id, so a killed holder leaves nothing that matters. The socket lies in
 * the temporary folder because a socket's path may have 107 bytes only.
 */
export function claimSingleInstance(userData: string, onSecondInstance: SecondInstance): Claim {
  const { lockPath, socketPath } = pathsOf(userData);
  if (holderLives(lockPath)) {
    const socket = connect(socketPath);
    const told = new Promise<void>((resolve) => {
      socket.on('close', () => resolve());
      // The holder may be on its way out.
      socket.on('error', () => resolve());
    });
    socket.resume().end(JSON.stringify({ argv: process.argv, workingDirectory: process.cwd() }));
    return { isHeld: false, told };
  }
  writeFileSync(lockPath, String(process.pid));
  rmSync(socketPath, { force: true });
  createServer((socket) => {
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('end', () => {
      const { argv, workingDirectory } = JSON.parse(text) as { argv: string[]; workingDirectory: string };
      onSecondInstance(argv, workingDirectory);
    });
  })
    .listen(socketPath)
    .unref();
  process.on('exit', () => releaseSingleInstance(userData));
  return { isHeld: true, told: Promise.resolve() };
}

/** Gives the lock back, if it is still this process's. */
export function releaseSingleInstance(userData: string): void {
  const { lockPath, socketPath } = pathsOf(userData);
  try {
    if (Number(readFileSync(lockPath, 'utf8')) !== process.pid) return;
  } catch {
    return;
  }
  rmSync(socketPath, { force: true });
  rmSync(lockPath, { force: true });
}

function pathsOf(userData: string): { readonly lockPath: string; readonly socketPath: string } {
  const name = createHash('sha256').update(userData).digest('hex').slice(0, 16);
  return {
    lockPath: join(userData, 'electron-host.lock'),
    socketPath: join(tmpdir(), `electron-host-${name}.sock`),
  };
}

function holderLives(lockPath: string): boolean {
  try {
    const processId = Number(readFileSync(lockPath, 'utf8'));
    if (processId === process.pid) return false;
    return readFileSync(`/proc/${processId}/cmdline`, 'utf8').includes('electron-host');
  } catch {
    // No lock, or no such process.
    return false;
  }
}
