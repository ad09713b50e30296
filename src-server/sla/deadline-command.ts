import { parseArgs } from 'node:util';
import type { ShortDayMinutes } from '#shared/calendar/compile-calendar.ts';
import { parseIsoMoment } from '#shared/calendar/iso-moment.ts';
import type { DeadlinePolicy } from '#shared/regulation/deadline-policy.ts';
import { err, ok, type Result } from '#shared/result.ts';

/** What `npm run deadline` was asked for; `receivedAt` is null where moments come from standard input. */
export interface DeadlineCommand {
  readonly receivedAt: number | null;
  readonly mode: DeadlinePolicy['mode'];
  readonly shortDayMinutes: ShortDayMinutes;
}

export const deadlineUsage =
  'usage: npm run -s deadline -- --received MOMENT | --stdin [--mode A|C|D] [--short-day-minutes 0|60]';

const MODES = ['A', 'C', 'D'] as const;

/** Reads the command line; the error is a sentence for whoever typed it. */
export function readDeadlineCommand(args: readonly string[]): Result<DeadlineCommand, string> {
  const parsed = parsedOptions(args);
  if (!parsed.ok) return parsed;
  const { received = [], stdin = false, mode = ['A'], 'short-day-minutes': minutes = ['0'] } = parsed.value;
  const [wantedMode, ...otherModes] = mode;
  const [wantedMinutes, ...otherMinutes] = minutes;
  if (received.length > 1 || otherModes.length > 0 || otherMinutes.length > 0) {
    return err('Every option may be given once.');
  }
  const known = MODES.find((name) => name === wantedMode);
  if (known === undefined) return err('--mode must be A, C or D.');
  if (wantedMinutes !== '0' && wantedMinutes !== '60') return err('--short-day-minutes must be 0 or 60.');
  const policy = { mode: known, shortDayMinutes: wantedMinutes === '60' ? 60 : 0 } as const;
  const [moment] = received;
  if ((moment === undefined) !== stdin) return err('Give either --received MOMENT or --stdin.');
  if (moment === undefined) return ok({ receivedAt: null, ...policy });
  const receivedAt = readReceipt(moment);
  return receivedAt.ok ? ok({ receivedAt: receivedAt.value, ...policy }) : receivedAt;
}

/** Reads one moment of receipt; the error is a sentence for whoever wrote it. */
export function readReceipt(text: string): Result<number, string> {
  const parsed = parseIsoMoment(text);
  if (!parsed.ok) return err(parsed.error.message);
  const isCovered = parsed.value >= Date.UTC(1970, 0, 1) && parsed.value < Date.UTC(2099, 0, 1);
  return isCovered
    ? parsed
    : err(`${JSON.stringify(text)}: the calendar answers for receipts from 1970 to 2098.`);
}

interface Options {
  readonly received?: string[] | undefined;
  readonly stdin?: boolean | undefined;
  readonly mode?: string[] | undefined;
  readonly 'short-day-minutes'?: string[] | undefined;
}

function parsedOptions(args: readonly string[]): Result<Options, string> {
  try {
    const text = { type: 'string', multiple: true } as const;
    const { values } = parseArgs({
      args: [...args],
      strict: true,
      options: { received: text, stdin: { type: 'boolean' }, mode: text, 'short-day-minutes': text },
    });
    return ok(values);
  } catch (error) {
    return err(error instanceof Error ? error.message : 'The options cannot be read.');
  }
}
