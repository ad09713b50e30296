import { describe, expect, it } from 'vitest';
import { readDeadlineCommand } from '#server/sla/deadline-command.ts';
import { minsk } from '../calendar/day-walk.ts';

const received = ['--received', '2026-11-13T18:30+03:00'];

describe('the options of the deadline program', () => {
  it.each([
    [received, 'A', 0],
    [[...received, '--mode', 'C'], 'C', 0],
    [[...received, '--mode=D', '--short-day-minutes=60'], 'D', 60],
  ])('%j', (args, mode, shortDayMinutes) => {
    expect(readDeadlineCommand(args)).toEqual({
      ok: true,
      value: { receivedAt: minsk('2026-11-13 18:30'), mode, shortDayMinutes },
    });
  });

  it('may ask for a list', () => {
    expect(readDeadlineCommand(['--stdin'])).toMatchObject({ ok: true, value: { receivedAt: null } });
  });

  it.each([
    ['nothing', [], 'either --received MOMENT or --stdin'],
    ['two sources', ['--stdin', ...received], 'either --received MOMENT or --stdin'],
    ['an unknown option', ['--recieved', '2026-11-13T18:30Z'], "Unknown option '--recieved'"],
    ['a stray word', ['2026-11-13T18:30+03:00'], 'Unexpected argument'],
    ['no moment', ['--received'], 'argument missing'],
    ['an empty moment', ['--received', ''], 'no ISO 8601 moment'],
    ['an option twice', [...received, '--mode', 'A', '--mode', 'C'], 'given once'],
    ['reading B, which is none of a deadline', [...received, '--mode', 'B'], '--mode must be A, C or D'],
    ['a small letter', [...received, '--mode', 'a'], '--mode must be A, C or D'],
    ['another short day', [...received, '--short-day-minutes', '30'], '--short-day-minutes must be 0 or 60'],
    [
      'a short day of 060',
      [...received, '--short-day-minutes', '060'],
      '--short-day-minutes must be 0 or 60',
    ],
    ['30 February', ['--received', '2026-02-30T10:00+03:00'], 'there is no such date'],
    ['no offset', ['--received', '2026-11-13T18:30'], 'write 2026-11-13T18:30+03:00'],
    ['a date before the calendar', ['--received', '1969-12-31T10:00Z'], 'from 1970 to 2098'],
    ['a date behind the calendar', ['--received', '2099-01-01T10:00Z'], 'from 1970 to 2098'],
  ])('refuse %s', (_what, args, message) => {
    const read = readDeadlineCommand(args);
    expect(read).toEqual({ ok: false, error: expect.stringContaining(message) as unknown });
  });
});
