import { expect, test } from 'vitest';
import { letterLines, type RenderedLetter } from '#main/mailbox/frame-lines.ts';
import { jsonBytes } from '#renderer/cache/bytes.ts';
import { framesOfLine } from '#test/fakes/letter-frames.ts';
import { sampleContent, sampleLetterId } from '#test/unit/cache/samples.ts';

function rendered(number: number, text = 'слово'): RenderedLetter {
  const location = { folder: 'inbox', uidValidity: '7', uid: number + 1 } as const;
  return { location, read: { id: sampleLetterId(number), json: jsonBytes(sampleContent(number, text)) } };
}

function linesOf(letters: readonly RenderedLetter[]): string[] {
  const text = new TextDecoder().decode(letterLines(letters));
  return text === '' ? [] : text.replace(/\n$/u, '').split('\n');
}

function many(count: number, text?: string): RenderedLetter[] {
  return Array.from({ length: count }, (_, index) => rendered(count - 1 - index, text));
}

test.each([
  { title: 'nothing', letters: [], lines: 0 },
  { title: 'few letters, each a line', letters: many(15), lines: 15 },
  { title: 'many letters, one line', letters: many(40), lines: 1 },
  { title: 'many long letters, lines of a bearable size', letters: many(40, 'я'.repeat(20_000)), lines: 10 },
])('$title', ({ letters, lines }) => {
  const written = linesOf(letters);
  expect(written).toHaveLength(lines);
  const uids = written
    .flatMap(framesOfLine)
    .map((frame) => (frame.type === 'letter' ? frame.location.uid : 0));
  expect(uids).toEqual(letters.map(({ location }) => location.uid));
});

test('what cannot be read keeps no other letter back', () => {
  const letters = many(20).map((letter, index) => (index % 7 === 3 ? { ...letter, read: null } : letter));
  const frames = linesOf(letters).flatMap(framesOfLine);
  const unreadable = frames.filter(({ type }) => type === 'unreadable');
  expect(unreadable.map((frame) => ('location' in frame ? frame.location.uid : 0))).toEqual([17, 10, 3]);
  expect(frames).toHaveLength(20);
});
