import { readdirSync, readFileSync } from 'node:fs';

/** Chromium's processes of one profile: its type, `browser` for the first of them. */
export function chromiumProcesses(userDataDir: string): { readonly id: number; readonly type: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .map((name) => ({ id: Number(name), command: commandOf(name) }))
    .filter(({ command }) => command.some((word) => word === `--user-data-dir=${userDataDir}`))
    .filter(({ command }) => !command.some((word) => word.includes('electron-host')))
    .map(({ id, command }) => ({
      id,
      type: command.find((word) => word.startsWith('--type='))?.slice('--type='.length) ?? 'browser',
    }));
}

/** SIGKILL; whoever is gone already is no error. */
export function killAll(ids: Iterable<number>): void {
  for (const id of ids) {
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // Gone with another one.
    }
  }
}

function commandOf(id: string): string[] {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').split(/[\0 ]/u);
  } catch {
    return [];
  }
}
