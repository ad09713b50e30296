import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AttachmentStore } from '#main/journal/attachment-store.ts';
import type { AttachmentId } from '#shared/ids.ts';
import { testId } from './journal-arbitraries.ts';
import { temporaryFolder } from './journal-folder.ts';
import { testKey } from './journal-key.ts';

const chunk = 256 * 1024;
const sealedChunk = chunk + 28;
const header = 12;

async function openStore(
  dir: string,
  referenced: readonly string[] = [],
  maxBytes = 10_000_000,
): Promise<AttachmentStore> {
  const opened = await AttachmentStore.open({ dir, key: testKey, referenced: new Set(referenced), maxBytes });
  if (!opened.ok) throw new Error(opened.error.kind);
  return opened.value;
}

async function putBytes(store: AttachmentStore, bytes: Uint8Array): Promise<AttachmentId> {
  const put = await store.put(bytes);
  if (!put.ok) throw new Error(put.error.kind);
  return put.value.id;
}

/** Bytes of which no two chunks are alike. */
function varied(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, index) => (index + Math.floor(index / chunk)) % 251);
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

describe('the attachment store', () => {
  test.each([0, 1, chunk - 1, chunk, chunk + 1, 3 * chunk, 3 * chunk + 5])(
    'gives back %i bytes as they came',
    async (size) => {
      const dir = await temporaryFolder();
      const bytes = varied(size);
      const store = await openStore(dir);
      const id = await putBytes(store, bytes);
      const got = await (await openStore(dir, [id])).get(id);
      expect(got.ok && Buffer.from(got.value).equals(bytes)).toBe(true);
    },
  );

  test('does not care how the bytes came', async () => {
    const store = await openStore(await temporaryFolder());
    await fc.assert(
      fc.asyncProperty(fc.nat(600_000), fc.integer({ min: 50_000, max: 400_000 }), async (size, piece) => {
        const bytes = varied(size);
        const put = await store.put(inPieces(bytes, piece));
        expect(put.ok && put.value.size).toBe(size);
        const got = put.ok ? await store.get(put.value.id) : put;
        expect(got.ok && Buffer.from(got.value).equals(bytes)).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  test('keeps nothing readable on disk, for its owner only', async () => {
    const dir = await temporaryFolder();
    const id = await putBytes(await openStore(dir), Buffer.from('секретный текст'));
    const bytes = await readFile(join(dir, id));
    expect(bytes.includes('секрет')).toBe(false);
    expect((await stat(join(dir, id))).mode & 0o777).toBe(0o600);
  });

  test('a file that was shortened anywhere does not open, at the borders of chunks neither', async () => {
    const dir = await temporaryFolder();
    const store = await openStore(dir);
    const id = await putBytes(store, varied(2 * chunk + 100));
    const whole = await readFile(join(dir, id));
    const borders = [0, header, header + sealedChunk, header + 2 * sealedChunk];
    for (const cut of [...borders, ...borders.map((at) => at + 1), whole.length - 1]) {
      await writeFile(join(dir, id), whole.subarray(0, cut));
      expect(await store.get(id), `cut at ${String(cut)}`).toEqual({ ok: false, error: { kind: 'damaged' } });
    }
  });

  test('chunks cannot be exchanged, nor files be taken for one another', async () => {
    const dir = await temporaryFolder();
    const store = await openStore(dir);
    const id = await putBytes(store, varied(2 * chunk + 100));
    const other = await putBytes(store, varied(10));
    const whole = await readFile(join(dir, id));
    const [first, second] = [header, header + sealedChunk];
    await writeFile(
      join(dir, id),
      Buffer.concat([
        whole.subarray(0, first),
        whole.subarray(second, second + sealedChunk),
        whole.subarray(first, second),
        whole.subarray(second + sealedChunk),
      ]),
    );
    expect((await store.get(id)).ok).toBe(false);
    await writeFile(join(dir, other), whole);
    expect((await store.get(other)).ok).toBe(false);
  });

  test('removes at opening what the journal does not need', async () => {
    const dir = await temporaryFolder();
    const store = await openStore(dir);
    const [needed, orphan] = [await putBytes(store, varied(5)), await putBytes(store, varied(6))];
    await writeFile(join(dir, `${testId(3)}.new`), 'half an upload');
    const again = await openStore(dir, [needed]);
    expect(await readdir(dir)).toEqual([needed]);
    expect(await again.get(orphan)).toEqual({ ok: false, error: { kind: 'not-found' } });
  });

  test('an upload that is too large or breaks off leaves nothing', async () => {
    const dir = await temporaryFolder();
    const store = await openStore(dir, [], 1000);
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(varied(100));
      throw new Error('the window was closed');
    }
    expect(await store.put(varied(1001))).toEqual({ ok: false, error: { kind: 'too-large' } });
    expect(await store.put(inPieces(varied(1001), 10))).toEqual({ ok: false, error: { kind: 'too-large' } });
    expect(await store.put(broken())).toEqual({ ok: false, error: { kind: 'source-failed' } });
    expect(await readdir(dir)).toEqual([]);
  });

  test('removing is final, and harmless when repeated', async () => {
    const store = await openStore(await temporaryFolder());
    const id = await putBytes(store, varied(5));
    expect((await store.remove(id)).ok).toBe(true);
    expect((await store.remove(id)).ok).toBe(true);
    expect(await store.get(id)).toEqual({ ok: false, error: { kind: 'not-found' } });
  });
});
