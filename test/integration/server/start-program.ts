import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'vitest';

// Each start of the embedded database takes its time on a busy machine.
export const patienceMs = 120_000;

/** The ticket API as a process of its own. */
export interface StartedProgram {
  readonly process: ChildProcess;
  /** Everything printed so far. */
  readonly output: () => string;
  /** The first group of `pattern`, once it was printed. */
  readonly line: (pattern: RegExp) => Promise<string>;
  readonly ended: Promise<number | null>;
}

export const urlLine = /^Ticket API at (\S+)$/mu;
export const passwordLine = /password: (\S+)$/mu;

/** Starts a script with this Node; `environment` is all that it gets, the search path apart. */
export function startProgram(
  script: string,
  flags: readonly string[],
  environment: Readonly<Record<string, string>>,
  cwd = process.cwd(),
): StartedProgram {
  const child = spawn(process.execPath, [script, ...flags], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', ...environment },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      output += text;
    });
  }
  return {
    process: child,
    output: () => output,
    line: async (pattern) => {
      await expect.poll(() => output, { timeout: patienceMs, interval: 50 }).toMatch(pattern);
      return pattern.exec(output)?.[1] ?? '';
    },
    ended: once(child, 'exit').then(() => child.exitCode),
  };
}

/** Ends what a test left running. */
export async function killAll(children: readonly ChildProcess[]): Promise<void> {
  for (const child of children) {
    if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL'))
      await once(child, 'exit');
  }
}
