import { expect, test } from 'vitest';
import { jsonBytes, parseJson } from '#renderer/cache/bytes.ts';
import { readLetterHead } from '#renderer/cache/letter-head.ts';
import { folderFrame, letterFrame, sampleContent, sampleLetterId } from './samples.ts';

test('reads id, place and content of a letter as it is written', () => {
  const location = { folder: 'sent', uidValidity: '12', uid: 4_294_967_295 } as const;
  const head = readLetterHead(jsonBytes(letterFrame(3, location)));
  expect(head).toMatchObject({ id: sampleLetterId(3), location });
  expect(parseJson(head?.content ?? new Uint8Array())).toEqual(sampleContent(3, 'секретное слово'));
});

test('leaves everything else to the parser', () => {
  const frame = letterFrame(3);
  const turned = Object.fromEntries(Object.entries(frame).toReversed());
  expect(readLetterHead(jsonBytes(turned))).toBeNull();
  expect(readLetterHead(jsonBytes(folderFrame()))).toBeNull();
  const cut = jsonBytes(frame).subarray(0, 90);
  expect(readLetterHead(cut)).toBeNull();
});
