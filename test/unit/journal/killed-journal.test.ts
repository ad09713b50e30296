import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { testId } from './journal-arbitraries.ts';
import { openJournal, temporaryFolder } from './journal-folder.ts';

const program = fileURLToPath(new URL('append-forever.ts', import.meta.url));

test.each([1, 40, 300])(
  'a process killed after acknowledging %i records has lost none of them',
  { timeout: 60_000 },
  async (until) => {
    const dir = await temporaryFolder();
    const child = spawn(process.execPath, [program, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
    let acknowledged = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged = Number(line);
      if (acknowledged >= until) child.kill('SIGKILL');
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    const journal = await openJournal(dir);
    expect(journal.damage).toBeNull();
    const ids = [...journal.state.operations.keys()];
    expect(ids.slice(0, acknowledged)).toEqual(
      Array.from({ length: acknowledged }, (_, index) => testId(index + 1)),
    );
    // One more at most: written, and killed before it could say so.
    expect(ids.length - acknowledged).toBeLessThanOrEqual(1);
  },
);
