import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { faultOf } from '#main/fault.ts';
import { temporaryFolder } from '#test/unit/journal/journal-folder.ts';

test('what nobody caught is logged without its message, shown nowhere, and outlived', async () => {
  const dir = await temporaryFolder();
  const program = join(import.meta.dirname, 'fail-uncaught.ts');
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, dir]);
  expect(stdout).toBe('outlived\n');
  expect(stderr).toBe('');
  const log = await readFile(join(dir, 'logs', 'desk.log'), 'utf8');
  const lines = log.trimEnd().split('\n');
  const entries = lines.map((line) => JSON.parse(line) as { readonly id: string; readonly fault: string });
  expect(entries.map(({ id }) => id).toSorted()).toEqual(['uncaughtException', 'unhandledRejection']);
  for (const { fault } of entries)
    expect(fault).toMatch(/^(?:TypeError|RangeError) at .*fail-uncaught\.ts:\d/u);
  expect(log).not.toContain('ivan');
  expect(log).not.toContain('Тема');
});

test('a fault names the code of the operating system, and nothing that is no code', () => {
  const full = Object.assign(new Error('no space for ivan@example.by'), { code: 'ENOSPC' });
  expect(faultOf(full)).toMatch(/^Error ENOSPC at /u);
  const odd = Object.assign(new Error('x'), { code: 'ivan@example.by' });
  expect(faultOf(odd)).toMatch(/^Error at /u);
  expect(faultOf('ivan@example.by')).toBe('string');
});
