import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { DeadlineReport } from '#shared/sla/deadline-report.ts';
import { minsk, plusDays, walkedDue } from '#test/unit/calendar/day-walk.ts';

const script = new URL('../../../src-server/sla/deadline.ts', import.meta.url).pathname;

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program as npm does. */
async function deadline(args: readonly string[], input = '', zone = 'Europe/Minsk'): Promise<Run> {
  const child = spawn(process.execPath, [script, ...args], { env: { ...process.env, TZ: zone } });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A program that refuses its options does not wait for input.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

function reports(stdout: string): DeadlineReport[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as DeadlineReport);
}

it('prints one line with receipt, deadline, target and ledger by the clock of Minsk', async () => {
  const { code, stdout, stderr } = await deadline(['--received', '2026-11-13T18:30+03:00'], '', 'Asia/Tokyo');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout.split('\n')).toHaveLength(2);
  const [report] = reports(stdout);
  expect(Object.keys(report ?? {})).toEqual(['received', 'deadline', 'target', 'ledger']);
  expect(report).toMatchObject({
    received: '2026-11-13T18:30:00+03:00',
    deadline: '2026-11-18T18:00:00+03:00',
    target: '2026-11-18T18:00:00+03:00',
  });
  expect(report?.ledger.map(({ date, kind }) => `${date} ${kind}`)).toEqual([
    '2026-11-13 rule',
    '2026-11-13 received',
    '2026-11-13 day-zero',
    '2026-11-14 weekend',
    '2026-11-15 weekend',
    '2026-11-16 counted',
    '2026-11-17 counted',
    '2026-11-18 counted',
    '2026-11-18 due',
    '2026-11-18 target',
  ]);
});

it('gives every moment the deadline of a day-by-day walk, in whatever zone the machine is', async () => {
  const moments = Array.from(
    { length: 400 },
    (_, i) => minsk(`${plusDays('2020-01-01', i * 7)} 16:59`) + i * 977_000,
  );
  const input = moments.map((at) => new Date(at).toISOString()).join('\n');
  const args = ['--stdin', '--short-day-minutes', '60'];
  const runs = await Promise.all(
    ['Europe/Minsk', 'Europe/Warsaw', 'Pacific/Honolulu'].map(async (zone) => deadline(args, input, zone)),
  );
  const [inMinsk] = runs;
  expect(runs.map((run) => run.stdout === inMinsk?.stdout)).toEqual([true, true, true]);
  expect(
    reports(inMinsk?.stdout ?? '').map(({ deadline: due, target }) => [Date.parse(due), Date.parse(target)]),
  ).toEqual(moments.map((at) => [walkedDue('A', at, 3, 60), walkedDue('B', at, 3, 60)]));
});

it.each([
  ['A', '2026-12-30T18:00:00+03:00', '2026-12-30T11:00:00+03:00'],
  ['C', '2026-12-30T18:00:00+03:00', '2026-12-30T11:00:00+03:00'],
  ['D', '2026-12-29T18:00:00+03:00', '2026-12-29T18:00:00+03:00'],
])('reads three working days as --mode %s', async (mode, due, target) => {
  const { stdout } = await deadline(['--received', '2026-12-24T11:00+03:00', '--mode', mode]);
  expect(reports(stdout)[0]).toMatchObject({ deadline: due, target });
});

it.each([
  ['an unknown option', ['--recieved', '2026-11-13T18:30+03:00'], "Unknown option '--recieved'"],
  ['a moment that never was', ['--received', '2026-02-30T10:00+03:00'], 'there is no such date'],
])('refuses %s with exit code 2', async (_what, args, message) => {
  const { code, stdout, stderr } = await deadline(args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
  expect(stderr).toContain('usage: npm run -s deadline');
});

describe('a list on standard input', () => {
  it('prints the good lines, names the bad ones by number and ends with 1', async () => {
    const input =
      '\uFEFF2026-11-10T10:15+03:00\r\n2026-02-30T10:00+03:00\n\n2026-11-13T18:30\n 2026-11-15T12:00+03:00 ';
    const { code, stdout, stderr } = await deadline(['--stdin'], input);
    expect(code).toBe(1);
    expect(reports(stdout).map((report) => report.deadline)).toEqual([
      '2026-11-13T18:00:00+03:00',
      '2026-11-18T18:00:00+03:00',
    ]);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringContaining('line 2: "2026-02-30T10:00+03:00": there is no such date'),
      expect.stringContaining('line 4: "2026-11-13T18:30" has no offset'),
    ]);
  });

  it('prints nothing for nothing', async () => {
    expect(await deadline(['--stdin'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

describe('an entry of the ledger', () => {
  it('has a date, a reason in words, a clause and the version of the calendar', async () => {
    const { stdout } = await deadline(['--received', '2026-04-17T12:00+03:00']);
    const [{ ledger } = { ledger: [] }] = reports(stdout);
    for (const entry of ledger) {
      expect(entry.date).toMatch(/^2026-04-\d\d$/u);
      expect(entry.why).toMatch(/^[а-я]/u);
      expect(entry.clause).toMatch(/^[a-z]+(?:-[a-z0-9]+)+$/u);
      expect(entry.calendarVersion).toMatch(/^by-/u);
    }
    expect(ledger.find(({ kind }) => kind === 'moved-off')).toMatchObject({
      date: '2026-04-20',
      why: 'рабочий день перенесён на 2026-04-25',
      clause: 'labour-code-136',
      workedOn: '2026-04-25',
      source: expect.stringContaining('№ 397') as unknown,
    });
    expect(ledger.find(({ kind }) => kind === 'holiday')?.why).toBe('праздничный день: Радуница');
  });

  it('says where no official source confirms the calendar', async () => {
    const { stdout } = await deadline(['--received', '2026-12-30T16:00+03:00']);
    const [{ ledger } = { ledger: [] }] = reports(stdout);
    expect(ledger.filter(({ status }) => status === 'provisional').map(({ date }) => date)).toEqual([
      '2027-01-01',
      '2027-01-02',
      '2027-01-03',
      '2027-01-04',
      '2027-01-05',
    ]);
  });
});
