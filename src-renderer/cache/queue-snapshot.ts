import type { TicketId } from '#shared/ids.ts';
import { jsonBytes, parseJson, type Bytes } from './bytes.ts';
import { DamagedCache } from './damaged-cache.ts';
import { idWords, type Holder, type QueueColumns } from './queue-columns.ts';

/** The queue's columns as they were when page `lastPage` was the newest: opening replays only what came after. */
export interface QueueSnapshot {
  readonly lastPage: number;
  readonly columns: QueueColumns;
}

/** The length of the JSON part, then padding, so that the columns lie on their alignment. */
const headBytes = 8;

/**
 * Lays a snapshot out as: head, starts, ids, flags, JSON {size, lastPage, holders}. Byte order is the machine's own, a
 * cache never leaves it.
 */
export function packSnapshot({ lastPage, columns }: QueueSnapshot): Bytes {
  const { size, startedAt, ids, flags, holders } = columns;
  const json = jsonBytes({ size, lastPage, holders: [...holders] });
  const columnsEnd = headBytes + size * bytesAPlace;
  const packed = new Uint8Array(columnsEnd + json.length);
  new DataView(packed.buffer).setUint32(0, json.length, true);
  packed.set(new Uint8Array(startedAt.buffer), headBytes);
  packed.set(new Uint8Array(ids.buffer), headBytes + startedAt.byteLength);
  packed.set(flags, headBytes + startedAt.byteLength + ids.byteLength);
  packed.set(json, columnsEnd);
  return packed;
}

const bytesAPlace =
  Float64Array.BYTES_PER_ELEMENT + idWords * Uint32Array.BYTES_PER_ELEMENT + Uint8Array.BYTES_PER_ELEMENT;

/** Reads what {@link packSnapshot} made. */
export function unpackSnapshot(packed: Bytes): QueueSnapshot {
  const { buffer, byteOffset } = packed;
  const jsonLength = new DataView(buffer, byteOffset).getUint32(0, true);
  const columnsEnd = packed.length - jsonLength;
  const { size, lastPage, holders } = parseJson(packed.subarray(columnsEnd)) as {
    size: number;
    lastPage: number;
    holders: [TicketId, Holder][];
  };
  if (columnsEnd !== headBytes + size * bytesAPlace)
    throw new DamagedCache('the queue snapshot has another length');
  let offset = headBytes;
  const next = (length: number) => {
    offset += length;
    return packed.slice(offset - length, offset);
  };
  const startedAt = new Float64Array(next(8 * size).buffer);
  const ids = new Uint32Array(next(4 * idWords * size).buffer);
  const flags = next(size);
  return { lastPage, columns: { size, startedAt, ids, flags, holders: new Map(holders) } };
}
