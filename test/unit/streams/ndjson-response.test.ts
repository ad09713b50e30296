import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { ndjsonResponse } from '#main/streams/ndjson-response.ts';

async function* numbered(count: number, onAsk: (index: number) => void = () => {}): AsyncGenerator<object> {
  for (let index = 0; index < count; index += 1) {
    onAsk(index);
    yield await Promise.resolve({ index, text: 'строка' });
  }
}

function reader(response: Response): ReadableStreamDefaultReader<Uint8Array> {
  if (response.body === null) throw new Error('no body');
  return response.body.getReader();
}

describe('a streaming answer', () => {
  test('is one JSON document a line, encoded ones as they are', async () => {
    async function* frames(): AsyncGenerator<object | Uint8Array> {
      yield await Promise.resolve({ type: 'а\nб' });
      yield new TextEncoder().encode('{"type":"letter"}');
    }
    expect(await ndjsonResponse(frames).text()).toBe('{"type":"а\\nб"}\n{"type":"letter"}\n');
  });

  test('puts frames that are there already into chunks of about 64 KiB', async () => {
    const chunks: number[] = [];
    const body = reader(ndjsonResponse(() => numbered(10_000)));
    for (let step = await body.read(); !step.done; step = await body.read()) chunks.push(step.value.length);
    expect(Math.max(...chunks)).toBeLessThan(64 * 1024 + 200);
    expect(Math.min(...chunks.slice(0, -1))).toBeGreaterThan(64 * 1024 - 1);
  });

  test('lets a frame with nothing behind it leave at once', async () => {
    const more = Promise.withResolvers<void>();
    async function* frames(): AsyncGenerator<object> {
      yield { first: true };
      await more.promise;
      yield { second: true };
    }
    const body = reader(ndjsonResponse(frames));
    const decoder = new TextDecoder();
    expect(decoder.decode((await body.read()).value)).toBe('{"first":true}\n');
    more.resolve();
    expect(decoder.decode((await body.read()).value)).toBe('{"second":true}\n');
    expect((await body.read()).done).toBe(true);
  });

  test('asks its source for no more than the reader takes', async () => {
    let asked = 0;
    const body = reader(
      ndjsonResponse(() =>
        numbered(1_000_000, (index) => {
          asked = index;
        }),
      ),
    );
    await body.read();
    for (let round = 0; round < 50; round += 1) await turn();
    const afterOne = asked;
    expect(afterOne).toBeLessThan(3_000);
    await body.read();
    expect(asked).toBeGreaterThan(afterOne);
    await body.cancel();
  });

  test('tells its source when the reader goes away, also in the middle of waiting', async () => {
    const seen = Promise.withResolvers<void>();
    let finished = false;
    async function* frames(signal: AbortSignal): AsyncGenerator<object> {
      try {
        yield { first: true };
        await new Promise<void>((resolve) =>
          signal.addEventListener('abort', () => resolve(), { once: true }),
        );
      } finally {
        finished = true;
        seen.resolve();
      }
    }
    const body = reader(ndjsonResponse(frames));
    await body.read();
    await body.cancel();
    await seen.promise;
    expect(finished).toBe(true);
  });

  test('breaks when its source fails, after what came before', async () => {
    async function* frames(): AsyncGenerator<object> {
      yield { first: true };
      await turn();
      throw new Error('the source broke');
    }
    const body = reader(ndjsonResponse(frames));
    expect((await body.read()).done).toBe(false);
    await expect(body.read()).rejects.toThrow('the source broke');
  });
});
