import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { TextPacker } from '#main/mailbox/text-packer.ts';

const decode = (views: readonly Uint8Array[]): string[] =>
  views.map((view) => new TextDecoder().decode(view));

describe('TextPacker', () => {
  it('gives every text back, in order, from one buffer', () => {
    const packer = new TextPacker();
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (texts) => {
        const packed = packer.pack(texts);
        expect(decode(packed)).toEqual(texts);
        expect(new Set(packed.map(({ buffer }) => buffer)).size).toBe(1);
        expect(packed[0]?.buffer.byteLength).toBe(packed.reduce((sum, { length }) => sum + length, 0));
      }),
    );
  });

  it('keeps what it packed when it packs again', () => {
    const packer = new TextPacker();
    const first = packer.pack(['письмо']);
    packer.pack(['другое']);
    expect(decode(first)).toEqual(['письмо']);
  });

  it('takes texts of any length and nothing at all', () => {
    const packer = new TextPacker();
    const huge = 'ж'.repeat(3_000_000);
    expect(decode(packer.pack(['', huge, 'after'])).map(({ length }) => length)).toEqual([0, 3_000_000, 5]);
    expect(packer.pack([])).toEqual([]);
  });
});
