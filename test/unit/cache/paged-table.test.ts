import 'fake-indexeddb/auto';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packParts } from '#shared/bridge/packed-parts.ts';
import { jsonBytes, parseJson } from '#renderer/cache/bytes.ts';
import { CacheDatabase } from '#renderer/cache/database.ts';
import { PagedTable } from '#renderer/cache/paged-table.ts';
import type { Row, RowBundle } from '#renderer/cache/row-page.ts';
import { SealedBox } from '#renderer/cache/sealed-box.ts';
import { newProfile, sampleKey } from './cache-desk.ts';

const ids = Array.from({ length: 160 }, (_, number) => `id-${number}`);
const groups = ['', 'a', 'b', 'c'];

interface Written {
  readonly group: string;
  readonly text: string;
}

/** Many rows go to pages, few to heads; long ones make pages overflow when they are rewritten. */
const write = fc.record({
  first: fc.nat(ids.length - 1),
  count: fc.constantFrom(1, 2, 5, 70, 120),
  group: fc.nat(groups.length - 1),
  length: fc.constantFrom(10, 3000, 12_000),
  isGone: fc.integer({ min: 0, max: 4 }).map((dice) => dice === 0),
  isBundle: fc.boolean(),
});
interface Write {
  readonly first: number;
  readonly count: number;
  readonly group: number;
  readonly length: number;
  readonly isGone: boolean;
  /** Comes in one piece, and without groups. */
  readonly isBundle: boolean;
}
type Step = Write | 'fold' | 'open again';
const step: fc.Arbitrary<Step> = fc.oneof(
  write,
  fc.constant('fold' as const),
  fc.constant('open again' as const),
);

/** The older of two pages with the same rows overflows: what it passes on must not count as newer. */
const staleRowsBehindGrownOnes: Step[] = [
  { first: 0, count: 70, group: 0, length: 10, isGone: false, isBundle: false },
  { first: 30, count: 70, group: 1, length: 10, isGone: false, isBundle: false },
  ...[0, 5, 10, 15, 20, 25].map((first) => ({
    first,
    count: 5,
    group: 2,
    length: 12_000,
    isGone: false,
    isBundle: false,
  })),
  'fold',
];

function bundleOf(rows: readonly Row[]): RowBundle {
  const packed = packParts(rows.map(({ json }) => json));
  return { ids: rows.map(({ id }) => id), deflated: new Uint8Array(deflateRawSync(packed)) };
}

test('reads what was written last, whatever was folded or opened again in between', async () => {
  const box = await SealedBox.withKey(sampleKey(1));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      const database = new CacheDatabase(newProfile().profileId);
      await database.open();
      const openTable = async () => {
        const opened = new PagedTable(database, 'letters', box, 100_000);
        await opened.open();
        return opened;
      };
      let table = await openTable();
      const model = new Map<string, Written>();
      for (const [turn, one] of steps.entries()) {
        if (one === 'fold') {
          await table.fold(1);
          continue;
        }
        if (one === 'open again') {
          table = await openTable();
          continue;
        }
        const chosen = Array.from({ length: one.count }, (_, index) => (one.first + index) % ids.length);
        const rows = chosen.map((number) => {
          const id = ids[number] ?? '';
          const isBundle = one.isBundle && !one.isGone;
          const group = isBundle ? '' : (groups[(one.group + number) % groups.length] ?? '');
          const text = `${turn} ${id} `.padEnd(one.length, '.');
          if (one.isGone) model.delete(id);
          else model.set(id, { group, text });
          return one.isGone
            ? { id, group: '', json: new Uint8Array(0) }
            : { id, group, json: jsonBytes(text) };
        });
        const prepared =
          one.isBundle && !one.isGone ? await table.prepare([], [bundleOf(rows)]) : await table.prepare(rows);
        await database.transaction('rw', table.tables, async () => table.write(prepared));
      }
      const found = await table.getMany(ids);
      expect(found.map((row) => (row === null ? null : parseJson(row)))).toEqual(
        ids.map((id) => model.get(id)?.text ?? null),
      );
      for (const group of groups.slice(1)) {
        const texts = (await table.inGroup(group)).map((row) => String(parseJson(row))).sort();
        const wanted = [...model.values()].filter((row) => row.group === group).map(({ text }) => text);
        expect(texts).toEqual(wanted.sort());
      }
      await database.delete();
    }),
    { numRuns: 60, examples: [[staleRowsBehindGrownOnes]] },
  );
});
