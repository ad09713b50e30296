import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inBatches } from '#renderer/cache/batches.ts';
import type { Bytes } from '#renderer/cache/bytes.ts';
import { keepReading } from '#renderer/cache/keep-reading.ts';
import { splitLines } from '#renderer/cache/split-lines.ts';
import { WatchLoop } from '#renderer/cache/watch-loop.ts';

async function* from<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const gathered: T[] = [];
  for await (const item of items) gathered.push(item);
  return gathered;
}

describe('lines of a byte stream', () => {
  test('are the same however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: fc.constantFrom('ы', 'a', '👩‍🏫', 'і') })),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        async (lines, cuts) => {
          const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
          const chunks: Bytes[] = [];
          for (let start = 0, turn = 0; start < bytes.length; turn++) {
            const end = start + (cuts[turn % cuts.length] ?? 1);
            chunks.push(bytes.slice(start, end));
            start = end;
          }
          const split = await all(splitLines(from(chunks)));
          expect(split.map((line) => new TextDecoder().decode(line))).toEqual(
            lines.filter((line) => line !== ''),
          );
        },
      ),
    );
  });

  test('end with their line feed: a torn one is dropped', async () => {
    const bytes = new TextEncoder().encode('one\ntw');
    expect(await all(splitLines(from([bytes])))).toHaveLength(1);
  });
});

describe('batches', () => {
  const limits = { items: 4, weight: 10, lingerMs: 60_000 };

  test('hold everything in order within their limits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 12 })), async (items) => {
        const batches = await all(inBatches(from(items), (item) => item, limits));
        expect(batches.flat()).toEqual(items);
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(limits.items);
          expect(batch.slice(0, -1).reduce((sum, item) => sum + item, 0)).toBeLessThan(limits.weight);
        }
      }),
    );
  });

  test('go out when nothing more comes for a while', async () => {
    const { promise: never } = Promise.withResolvers<void>();
    const items = async function* () {
      yield 1;
      yield 2;
      await never;
    };
    const batches = inBatches(items(), () => 1, { ...limits, lingerMs: 5 });
    expect((await batches.next()).value).toEqual([1, 2]);
  });

  test('that came before a failure arrive before it', async () => {
    const items = async function* () {
      yield await Promise.resolve(1);
      throw new Error('broken');
    };
    const batches = inBatches(items(), () => 1, { ...limits, items: 1 });
    expect((await batches.next()).value).toEqual([1]);
    await expect(batches.next()).rejects.toThrow('broken');
  });
});

test('reading goes on after every break until it is aborted', async () => {
  const ended = new AbortController();
  let reads = 0;
  await keepReading(
    async (progressed) => {
      progressed();
      if (++reads === 3) ended.abort();
      return Promise.reject(new Error('broken'));
    },
    { signal: ended.signal, random: () => 0 },
  );
  expect(reads).toBe(3);
});

describe('a watch', () => {
  test('sends the newest state once its last one was taken, and nothing in between', async () => {
    let state = 0;
    const sent: unknown[] = [];
    const loop = new WatchLoop(
      async () => Promise.resolve({ value: state }),
      (value) => sent.push(value),
    );
    loop.touch();
    await expect.poll(() => sent).toEqual([0]);
    for (state = 1; state < 5; state++) loop.touch();
    expect(sent).toEqual([0]);
    loop.acknowledge();
    await expect.poll(() => sent).toEqual([0, 5]);
    loop.acknowledge();
    loop.stop();
    loop.touch();
    await Promise.resolve();
    expect(sent).toEqual([0, 5]);
  });

  test('that had nothing to tell tells it as soon as there is something', async () => {
    let value: string | null = null;
    const sent: unknown[] = [];
    const loop = new WatchLoop(
      async () => Promise.resolve(value === null ? null : { value }),
      (told) => sent.push(told),
    );
    loop.touch();
    await Promise.resolve();
    await Promise.resolve();
    value = 'here';
    loop.touch();
    await expect.poll(() => sent).toEqual(['here']);
  });
});
