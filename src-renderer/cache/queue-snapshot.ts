import { jsonBytes, parseJson, type Bytes } from './bytes.ts';
import { DamagedCache } from './damaged-cache.ts';
import { columnsFor, numberColumns, type QueueColumns } from './queue-columns.ts';

/**
 * The queue's columns as they were when page `lastPage` was the newest: opening replays only what came after.
 *
 * Texts are kept apart, see `packTexts`: the queue opens without them.
 */
export interface QueueSnapshot {
  readonly lastPage: number;
  readonly columns: QueueColumns;
}

/** The length of the JSON part, then padding, so that the columns lie on their alignment. */
const headBytes = 8;

/**
 * Lays a snapshot out as: head, columns from the widest numbers to the narrowest, JSON {size, lastPage, agents,
 * categoryIds, tagSets}. Byte order is the machine's own, a cache never leaves it.
 */
export function packSnapshot({ lastPage, columns }: QueueSnapshot): Bytes {
  const { size, agents, categoryIds, tagSets } = columns;
  const json = jsonBytes({ size, lastPage, agents, categoryIds, tagSets });
  const length = numberColumns.reduce((sum, [name]) => sum + columns[name].byteLength, headBytes);
  const packed = new Uint8Array(length + json.length);
  new DataView(packed.buffer).setUint32(0, json.length, true);
  let offset = headBytes;
  for (const [name] of numberColumns) {
    const { buffer, byteOffset, byteLength } = columns[name];
    packed.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += byteLength;
  }
  packed.set(json, offset);
  return packed;
}

/** Reads what {@link packSnapshot} made; the columns come without texts. */
export function unpackSnapshot(packed: Bytes): QueueSnapshot {
  const jsonLength = new DataView(packed.buffer, packed.byteOffset).getUint32(0, true);
  const columnsEnd = packed.length - jsonLength;
  const { size, lastPage, agents, categoryIds, tagSets } = parseJson(packed.subarray(columnsEnd)) as Pick<
    QueueColumns,
    'size' | 'agents' | 'categoryIds' | 'tagSets'
  > &
    Pick<QueueSnapshot, 'lastPage'>;
  const columns = columnsFor(size, { agents, categoryIds, tagSets }, null);
  let offset = headBytes;
  for (const [name] of numberColumns) {
    const { buffer, byteLength } = columns[name];
    if (offset + byteLength > columnsEnd) throw new DamagedCache('the queue snapshot is too short');
    new Uint8Array(buffer).set(packed.subarray(offset, offset + byteLength));
    offset += byteLength;
  }
  if (offset !== columnsEnd) throw new DamagedCache('the queue snapshot is too long');
  return { lastPage, columns };
}
