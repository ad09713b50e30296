import { expect, test } from 'vitest';
import { isTrustedFrame } from '#main/electron/trusted-frame.ts';

const desk = { origin: 'app://desk', parent: null };

test.each([
  ['the top frame of the desk', desk, true],
  ['a frame inside the desk', { origin: 'app://desk', parent: desk }, false],
  ['another host of the scheme', { origin: 'app://other', parent: null }, false],
  ['a letter', { origin: 'null', parent: desk }, false],
  ['a web site', { origin: 'https://desk', parent: null }, false],
  ['a frame that is gone', null, false],
])('%s', (_who, frame, trusted) => {
  expect(isTrustedFrame(frame)).toBe(trusted);
});
