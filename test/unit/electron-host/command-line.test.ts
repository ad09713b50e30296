import { expect, test } from 'vitest';
import { parseCommandLine } from '#test/electron-host/command-line.ts';

test('the arguments of Playwright are read as Electron reads them', () => {
  const { appPath, required, switches } = parseCommandLine([
    '-r',
    '/loader.js',
    '--no-sandbox',
    '--inspect=0',
    '--remote-debugging-port=0',
    '/app',
    '--user-data-dir=/data=1',
    '--enable-features=A',
    '--enable-features=B',
    'second',
  ]);
  expect(appPath).toBe('/app');
  expect(required).toEqual(['/loader.js']);
  expect(switches.get('inspect')).toBe('0');
  expect(switches.get('user-data-dir')).toBe('/data=1');
  expect(switches.toArguments()).toEqual([
    '--no-sandbox',
    '--inspect=0',
    '--remote-debugging-port=0',
    '--user-data-dir=/data=1',
    '--enable-features=A,B',
  ]);
});

test('a later switch replaces an earlier one', () => {
  const { switches } = parseCommandLine(['--lang=ru', '--lang=be']);
  expect(switches.toArguments()).toEqual(['--lang=be']);
});
