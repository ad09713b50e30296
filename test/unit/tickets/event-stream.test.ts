import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { serverSentEvents } from '#main/tickets/event-stream.ts';

async function read(bytes: Uint8Array, cuts: readonly number[] = []): Promise<unknown[]> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    let from = 0;
    for (const cut of [...cuts].toSorted((a, b) => a - b)) {
      yield await Promise.resolve(bytes.subarray(from, cut));
      from = Math.max(from, cut);
    }
    yield bytes.subarray(from);
  }
  const events: unknown[] = [];
  for await (const event of serverSentEvents(pieces())) events.push(event);
  return events;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('an event stream', () => {
  test.each([
    ['event: head\ndata: {"a":1}\n\n', [{ event: 'head', data: '{"a":1}' }]],
    ['event:head\ndata:x\n\n', [{ event: 'head', data: 'x' }]],
    ['data: a\ndata: b\n\n', [{ event: 'message', data: 'a\nb' }]],
    [': beat\n\n: beat\n\ndata: x\n\n', [{ event: 'message', data: 'x' }]],
    ['event: head\n\ndata: x\n\n', [{ event: 'message', data: 'x' }]],
    ['id: 7\nretry: 10\ndata: x\n\n', [{ event: 'message', data: 'x' }]],
    ['data: cut off', []],
    ['data: cut off\n', []],
  ])('%j', async (text, events) => {
    expect(await read(encode(text))).toEqual(events);
  });

  test('reads the same with any line ends and any cuts, in the middle of characters too', async () => {
    const text = 'event: head\ndata: заявка\n\n: beat\n\nevent: head\ndata: вторая\ndata: строка\n\n';
    const events = await read(encode(text));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('\n', '\r\n'), fc.array(fc.nat(150)), async (end, cuts) => {
        const bytes = encode(text.replaceAll('\n', end));
        expect(await read(bytes, cuts)).toEqual(events);
      }),
    );
    expect(events).toHaveLength(2);
  });

  test('gives up on a line without an end', async () => {
    await expect(read(new Uint8Array(1_100_000).fill(0x61))).rejects.toThrow('without an end');
  });
});
