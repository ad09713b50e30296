import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { compileDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { ZoneOffsets } from '#shared/calendar/zone-offsets.ts';
import { defaultDeadlinePolicy } from '#shared/regulation/deadline-policy.ts';
import { reportDeadline } from '#shared/sla/deadline-report.ts';
import { deadlineUsage, readDeadlineCommand, readReceipt } from './deadline-command.ts';

/*
 * npm run -s deadline -- --received 2026-11-13T18:30+03:00: when the reaction to a letter is due, and the proof, as one
 * JSON line {received, deadline, target, ledger} on stdout. It needs neither a desk nor a database: anybody can check
 * what the service says about a deadline.
 *
 * --stdin reads one moment a line and prints one JSON line each; an empty line is passed over. A line that is no moment
 * is one line on stderr and exit code 1; the others are printed all the same. Exit code 2: the command line is wrong.
 */

const CHUNK_CHARACTERS = 64 * 1024;

const command = readDeadlineCommand(process.argv.slice(2));
if (!command.ok) {
  process.stderr.write(`deadline: ${command.error}\n${deadlineUsage}\n`);
  process.exit(2);
}
const { receivedAt, mode, shortDayMinutes } = command.value;
const policy = { ...defaultDeadlinePolicy, mode, shortDayMinutes };
const calendar = compileDefaultCalendar();
const offsets = new ZoneOffsets(calendar.calendar.zone, Date.UTC(1969, 0, 1), Date.UTC(2100, 0, 1));
// Whoever reads only the head of the list has what he wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

if (receivedAt === null) await printAll();
else process.stdout.write(lineFor(receivedAt));

function lineFor(at: number): string {
  return `${JSON.stringify(reportDeadline(at, calendar, policy, offsets))}\n`;
}

async function printAll(): Promise<void> {
  let number = 0;
  let pending = '';
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    number += 1;
    const text = line.trim();
    if (text === '') continue;
    const at = readReceipt(text);
    if (!at.ok) {
      process.stderr.write(`deadline: line ${number}: ${at.error}\n`);
      process.exitCode = 1;
      continue;
    }
    pending += lineFor(at.value);
    if (pending.length < CHUNK_CHARACTERS) continue;
    if (!process.stdout.write(pending)) await once(process.stdout, 'drain');
    pending = '';
  }
  process.stdout.write(pending);
}
