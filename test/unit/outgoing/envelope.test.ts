import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildEnvelope } from '#main/outgoing/envelope.ts';

const from = 'info@service.example';

describe('the envelope', () => {
  it('makes domains ASCII and names everybody once', () => {
    expect(buildEnvelope(from, ['Anna@Школа.бел', 'b@x.example', 'anna@xn--80atdl2c.xn--90ais'])).toEqual({
      ok: true,
      value: { from, to: ['Anna@xn--80atdl2c.xn--90ais', 'b@x.example'] },
    });
  });

  it.each([
    ['two addresses in one', 'a@x.example,b@evil.example'],
    ['an address inside a quoted local part', '"a@x.example b"@evil.example'],
    ['angle brackets', '<a@x.example>'],
    ['a source route', '@relay.example:a@x.example'],
    ['a line break with another command', 'a@x.example>\r\nRCPT TO:<b@evil.example'],
    ['a Cyrillic local part', 'анна@x.example'],
    ['white space', 'a b@x.example'],
    ['a comment', 'a(b@evil.example)@x.example'],
    ['no local part', '@x.example'],
    ['no domain', 'a@'],
    ['an address literal', 'a@[127.0.0.1]'],
    ['dots in a row', 'a..b@x.example'],
    ['a null byte', 'a\0@x.example'],
  ])('refuses %s', (_name, address) => {
    expect(buildEnvelope(from, ['ok@x.example', address])).toEqual({
      ok: false,
      error: { kind: 'bad-address', address },
    });
  });

  it('refuses a letter to nobody', () => {
    expect(buildEnvelope(from, [])).toEqual({ ok: false, error: { kind: 'no-recipient' } });
  });

  it('never lets a character through that means something to SMTP', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const envelope = buildEnvelope(from, [text]);
        const wire = envelope.ok ? envelope.value.to : ['a@b'];
        expect(wire).toHaveLength(1);
        expect(wire[0]).toMatch(/^[\x21-\x7e]+@[a-z0-9.-]+$/u);
        expect(wire[0]).not.toMatch(/[<>,;:"()\\[\]\s]/u);
      }),
    );
  });
});
