import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIsoMoment, parseIsoMoment } from '#shared/calendar/iso-moment.ts';
import { ZoneOffsets } from '#shared/calendar/zone-offsets.ts';

const from = Date.UTC(1970, 0, 1);
const to = Date.UTC(2099, 11, 31);
const inMinsk = new ZoneOffsets('Europe/Minsk', from, to);

describe('reading', () => {
  it.each([
    '2026-11-13T18:30+03:00',
    '2026-11-13T18:30:00+03:00',
    '2026-11-13T18:30:59.999+03:00',
    '2026-11-13T15:30Z',
    '2026-11-13T05:30-10:00',
    '2028-02-29T00:00+03:00',
    '2026-11-13T23:59:59+14:00',
  ])('%s is the moment that Date reads', (text) => {
    expect(parseIsoMoment(text)).toEqual({ ok: true, value: Date.parse(text) });
  });

  it('takes the basic offset that date prints, small letters, and cuts off behind the millisecond', () => {
    const moment = (text: string): number => {
      const parsed = parseIsoMoment(text);
      return parsed.ok ? parsed.value : Number.NaN;
    };
    expect(moment('2026-11-13T18:30:00+0300')).toBe(Date.parse('2026-11-13T15:30:00Z'));
    expect(moment('2026-11-13t15:30:00z')).toBe(Date.parse('2026-11-13T15:30:00Z'));
    expect(moment('2026-11-13T17:59:59.999999+03:00')).toBe(Date.parse('2026-11-13T14:59:59.999Z'));
    expect(moment('2026-11-13T18:30:00,5Z')).toBe(Date.parse('2026-11-13T18:30:00.500Z'));
  });

  it.each([
    ['not-iso', ''],
    ['not-iso', '13.11.2026 18:30'],
    ['not-iso', '2026-11-13'],
    ['not-iso', '2026-11-13 18:30+03:00'],
    ['not-iso', '2026-11-13T18:30+03'],
    ['not-iso', '+002026-11-13T18:30Z'],
    ['not-iso', '2026-11-13T18:30+03:00 '],
    ['not-iso', '٢٠٢٦-11-13T18:30Z'],
    ['no-offset', '2026-11-13T18:30'],
    ['no-offset', '2026-11-13T18:30:00.5'],
    ['impossible', '2026-02-30T10:00+03:00'],
    ['impossible', '2027-02-29T10:00+03:00'],
    ['impossible', '2026-13-01T10:00+03:00'],
    ['impossible', '2026-00-10T10:00+03:00'],
    ['impossible', '2026-11-13T24:00+03:00'],
    ['impossible', '2026-11-13T23:60+03:00'],
    ['impossible', '2026-11-13T23:59:60Z'],
    ['impossible', '2026-11-13T10:00+24:00'],
    ['impossible', '2026-11-13T10:00+03:60'],
  ])('%s: %s', (kind, text) => {
    expect(parseIsoMoment(text)).toMatchObject({ ok: false, error: { kind } });
  });

  it('keeps an absurdly long text out of its message', () => {
    const parsed = parseIsoMoment('x'.repeat(100_000));
    expect(parsed.ok ? '' : parsed.error.message.length).toBeLessThan(200);
  });
});

describe('writing', () => {
  it.each([
    ['2026-11-13T18:30:00+03:00', inMinsk],
    ['2026-11-13T00:00:00.007+03:00', inMinsk],
    // Minsk gave summer time up in 2011.
    ['2010-01-12T09:00:00+02:00', inMinsk],
    ['2026-07-01T08:00:00-10:00', new ZoneOffsets('Pacific/Honolulu', from, to)],
    ['2026-07-01T08:00:00+05:45', new ZoneOffsets('Asia/Kathmandu', from, to)],
  ])('%s', (text, offsets) => {
    expect(formatIsoMoment(Date.parse(text), offsets)).toBe(text);
  });

  it('is undone by reading', () => {
    fc.assert(
      fc.property(fc.integer({ min: from, max: to }), (at) => {
        expect(parseIsoMoment(formatIsoMoment(at, inMinsk))).toEqual({ ok: true, value: at });
      }),
    );
  });
});
