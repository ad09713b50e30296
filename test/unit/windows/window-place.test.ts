import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { defaultPreferences } from '#shared/bridge/preferences.ts';
import { windowGround } from '#main/windows/window-ground.ts';
import { WindowPlaceFile } from '#main/windows/window-place-file.ts';
import { placeWindow, type Bounds, type WindowPlace } from '#main/windows/window-place.ts';

const primary: Bounds = { x: 0, y: 0, width: 1920, height: 1040 };
const left: Bounds = { x: -1366, y: 200, width: 1366, height: 728 };
const at = (x: number, y: number, width: number, height: number, isMaximised = false): WindowPlace => ({
  bounds: { x, y, width, height },
  isMaximised,
});

describe('a window opens', () => {
  const cases: [string, WindowPlace | null, readonly Bounds[], WindowPlace][] = [
    ['in the middle of the primary display at first', null, [primary, left], at(260, 70, 1400, 900)],
    ['no larger than a small display', null, [{ ...primary, width: 1366, height: 728 }], at(0, 0, 1366, 728)],
    ['where it stood', at(100, 50, 1200, 800), [primary], at(100, 50, 1200, 800)],
    ['on the display where it stood', at(-1300, 210, 1000, 650), [primary, left], at(-1300, 210, 1000, 650)],
    ['in sight when its display is gone', at(-1300, 210, 1000, 650), [primary], at(460, 195, 1000, 650)],
    ['wholly on its display', at(1500, 900, 1000, 700), [primary], at(920, 340, 1000, 700)],
    [
      'smaller when its display became smaller',
      at(-1366, 200, 1366, 728),
      [primary, { ...left, width: 1024 }],
      at(-1366, 200, 1024, 728),
    ],
    ['large enough to work in', at(10, 10, 50, 50), [primary], at(510, 220, 900, 600)],
    ['maximised where it was', at(100, 50, 1200, 800, true), [primary], at(100, 50, 1200, 800, true)],
    [
      'on the display that shows most of it',
      at(-300, 250, 1000, 650),
      [left, primary],
      at(0, 250, 1000, 650),
    ],
  ];
  test.each(cases)('%s', (_name, remembered, displays, expected) => {
    expect(placeWindow(remembered, displays)).toEqual(expected);
  });
});

test('the place is remembered in a file, and a broken file is none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stp-window-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = new WindowPlaceFile(folder);
  expect(file.read()).toBe(null);
  file.write(at(1, 2, 1000, 700, true));
  expect(new WindowPlaceFile(folder).read()).toEqual(at(1, 2, 1000, 700, true));
  for (const broken of ['', '{', '[]', '{"bounds":{"x":1,"y":2,"width":0,"height":1},"isMaximised":true}']) {
    writeFileSync(join(folder, 'window.json'), broken);
    expect(file.read()).toBe(null);
  }
  new WindowPlaceFile(join(folder, 'nowhere')).write(at(1, 2, 3, 4));
});

test('the ground is of the agent’s colours, or of the system’s', () => {
  const light = { isDark: false, isHighContrast: false };
  const dark = { isDark: true, isHighContrast: false };
  const system = windowGround(defaultPreferences, dark);
  expect(system).toBe(windowGround({ ...defaultPreferences, colorScheme: 'dark' }, light));
  expect(windowGround({ ...defaultPreferences, colorScheme: 'light' }, dark)).toBe(
    windowGround(defaultPreferences, light),
  );
  expect(windowGround({ colorScheme: 'dark', contrast: 'high' }, light)).toBe('#000000');
  expect(windowGround(defaultPreferences, { isDark: false, isHighContrast: true })).toBe('#ffffff');
});

test('the ground is the one that the pages paint', () => {
  const groundIn = (file: string): string[] => {
    const css = readFileSync(join(import.meta.dirname, '../../../src-renderer/ui', file), 'utf8');
    return /--ground: light-dark\((#\w+), (#\w+)\)/u.exec(css)?.slice(1) ?? [];
  };
  const system = { isDark: false, isHighContrast: false };
  const grounds = (contrast: 'normal' | 'high'): string[] =>
    (['light', 'dark'] as const).map((colorScheme) => windowGround({ colorScheme, contrast }, system));
  expect(groundIn('ui.css')).toEqual(grounds('normal'));
  expect(groundIn('contrast.css')).toEqual(grounds('high'));
});
