import { afterEach, expect, test } from 'vitest';
import { parseLetter } from '#main/mailbox/parse/parse-letter.ts';
import { ParsePool, type ParsePoolOptions } from '#main/mailbox/parse/parse-pool.ts';
import { letterOf, serverFacts } from './letter-bytes.ts';

const realWorker = new URL('parser-worker.ts', import.meta.url);
const fallingWorker = new URL('falling-worker.ts', import.meta.url);
const pools: ParsePool[] = [];

function open(options: ParsePoolOptions): ParsePool {
  const pool = new ParsePool(options);
  pools.push(pool);
  return pool;
}

afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close();
});

const letter = (index: number, ...headers: string[]): Buffer =>
  letterOf([`Message-ID: <${index}@x.by>`, ...headers], `Письмо ${index}`);

test('gives the same as the parser itself, for many letters at once, and leaves the bytes to the caller', async () => {
  const pool = open({ workerUrl: realWorker, size: 2 });
  const sources = Array.from({ length: 500 }, (_, index) => letter(index));
  const results = await Promise.all(sources.map((source) => pool.parse(source, serverFacts)));
  for (const [index, source] of sources.entries()) {
    expect(results[index]).toEqual({ ok: true, value: parseLetter(source, serverFacts) });
  }
});

test.each([
  ['crashes', 'X-Crash: 1'],
  ['never ends', 'X-Hang: 1'],
  ['throws', 'X-Throw: 1'],
])('a letter on which the parser %s is unreadable, and only that one', async (_fall, header) => {
  const pool = open({ workerUrl: fallingWorker, size: 2, timeoutMs: 2_000 });
  const sources = Array.from({ length: 200 }, (_, index) =>
    index === 70 ? letter(index, header) : letter(index),
  );
  const results = await Promise.all(sources.map((source) => pool.parse(source, serverFacts)));
  const failed = results.flatMap((result, index) => (result.ok ? [] : [{ index, kind: result.error.kind }]));
  expect(failed).toEqual([{ index: 70, kind: 'unreadable' }]);
  const after = await pool.parse(letter(1), serverFacts);
  expect(after.ok).toBe(true);
});

test('workers that do not start are said to be the fault, not the letter', async () => {
  const pool = open({ workerUrl: new URL('no-such-worker.ts', import.meta.url), size: 1 });
  const result = await pool.parse(letter(1), serverFacts);
  expect(result).toMatchObject({ ok: false, error: { kind: 'parser-unavailable' } });
});

test('room waits while too much is queued, and only then', async () => {
  const pool = open({ workerUrl: realWorker, size: 1 });
  const passed: string[] = [];
  const enter = async (name: string): Promise<void> => {
    await pool.room();
    passed.push(name);
  };
  const before = enter('empty');
  const big = pool.parse(letterOf(['Subject: big'], Buffer.alloc(20_000_000, 65)), serverFacts);
  const during = enter('full');
  // Everything that is ready runs before the next tick; sending starts in the turn after it.
  await new Promise((resolve) => {
    process.nextTick(resolve);
  });
  expect(passed).toEqual(['empty']);
  await Promise.all([before, during]);
  expect(passed).toEqual(['empty', 'full']);
  expect((await big).ok).toBe(true);
});

test('closing answers what waits and what comes later', async () => {
  const pool = open({ workerUrl: realWorker, size: 1 });
  const waiting = Array.from({ length: 300 }, (_, index) => pool.parse(letter(index), serverFacts));
  await pool.close();
  const results = [...(await Promise.all(waiting)), await pool.parse(letter(1), serverFacts)];
  expect(new Set(results.map((result) => (result.ok ? 'parsed' : result.error.kind)))).toEqual(
    new Set(['closed']),
  );
});
