import { describe, expect, it } from 'vitest';
import { StreamOutlet } from '#main/mailbox/stream-outlet.ts';

function bytes(length: number, value = 0): Uint8Array<ArrayBuffer> {
  return new Uint8Array(length).fill(value);
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('StreamOutlet', () => {
  it('sends chunks in the order in which they were promised', async () => {
    const sent: number[] = [];
    const outlet = new StreamOutlet(
      (chunk) => sent.push(chunk[0] ?? 0),
      () => undefined,
    );
    const late = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
    outlet.push(late.promise);
    outlet.push(bytes(1, 2));
    outlet.push(Promise.resolve(bytes(1, 3)));
    await settled();
    expect(sent).toEqual([]);
    late.resolve(bytes(1, 1));
    await settled();
    expect(sent).toEqual([1, 2, 3]);
  });

  it('has room again when the reader took enough', async () => {
    const outlet = new StreamOutlet(
      () => undefined,
      () => undefined,
    );
    outlet.push(bytes(20_000_000));
    await settled();
    let hasRoom = false;
    const waiting = outlet.room().then(() => {
      hasRoom = true;
    });
    outlet.taken(1_000_000);
    await settled();
    expect(hasRoom).toBe(false);
    outlet.taken(19_000_000);
    await waiting;
    expect(hasRoom).toBe(true);
  });

  it('counts what is on its way through the parser', async () => {
    const outlet = new StreamOutlet(
      () => undefined,
      () => undefined,
    );
    const parsed = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
    outlet.push(parsed.promise, 50_000_000);
    let hasRoom = false;
    const waiting = outlet.room().then(() => {
      hasRoom = true;
    });
    await settled();
    expect(hasRoom).toBe(false);
    parsed.resolve(bytes(10));
    await waiting;
  });

  it('ends at a chunk that cannot be made: nothing after it leaves', async () => {
    const sent: number[] = [];
    let failures = 0;
    const outlet = new StreamOutlet(
      (chunk) => sent.push(chunk[0] ?? 0),
      () => {
        failures += 1;
      },
    );
    outlet.push(bytes(1, 1));
    outlet.push(Promise.reject(new Error('no parser')));
    outlet.push(bytes(1, 3));
    outlet.push(Promise.reject(new Error('no parser')));
    await settled();
    expect(sent).toEqual([1]);
    expect(failures).toBe(1);
    await outlet.room();
  });
});
