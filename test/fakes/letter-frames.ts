import { inflateRawSync } from 'node:zlib';
import { unpackParts } from '#shared/bridge/packed-parts.ts';
import type { LettersFrame } from '#shared/bridge/streams.ts';
import type { LetterContent } from '#shared/mail/letter-content.ts';

export type SingleFrame = Exclude<LettersFrame, { type: 'letters' }>;

/** A line of the letters stream as frames of single letters, whether or not they came in a bundle. */
export function framesOfLine(line: string): SingleFrame[] {
  const frame = JSON.parse(line) as LettersFrame;
  if (frame.type !== 'letters') return [frame];
  const { folder, uidValidity, letters, contents } = frame;
  const texts = unpackParts(new Uint8Array(inflateRawSync(Buffer.from(contents, 'base64'))));
  if (texts.length !== letters.length) throw new Error('A bundle does not hold what it lists.');
  return letters.map(({ id, uid }, index) => {
    const content = JSON.parse(new TextDecoder().decode(texts[index])) as LetterContent;
    if (content.id !== id) throw new Error('A bundle lists a letter under another id.');
    return { type: 'letter', location: { folder, uidValidity, uid }, content };
  });
}
