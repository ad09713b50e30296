import type { TicketId } from '#shared/ids.ts';
import type { Bytes } from './bytes.ts';
import { DamagedCache } from './damaged-cache.ts';
import { idAt, idWords, type QueueColumns } from './queue-columns.ts';

/** Stands between texts and in none. */
const separator = '\u0000';

/**
 * The texts that tickets are found by, in the order of the snapshot of the queue that is stored with them.
 *
 * Apart from it because the queue opens without: 100,000 texts are some 20 MB.
 */
export function packTexts(texts: readonly string[]): Bytes {
  return new TextEncoder().encode(texts.join(separator));
}

/**
 * Brings texts that {@link packTexts} packed into the order of columns that have changed since.
 *
 * `ids` are those of the snapshot; texts of tickets that changed are taken from `newer`.
 */
export function alignTexts(
  packed: Bytes,
  ids: QueueColumns['ids'],
  columns: QueueColumns,
  newer: ReadonlyMap<TicketId, string>,
): string[] {
  const size = ids.length / idWords;
  const texts = size === 0 ? [] : new TextDecoder().decode(packed).split(separator);
  if (texts.length !== size) throw new DamagedCache('the snapshot of texts has another length');
  const placeOf = snapshotPlaces(ids);
  return Array.from({ length: columns.size }, (_, place) => {
    const newest = newer.size === 0 ? undefined : newer.get(idAt(columns, place));
    return newest ?? texts[placeOf(columns.ids, place * idWords)] ?? '';
  });
}

/** Finds the place of an id in a snapshot; -1 for none. */
function snapshotPlaces(ids: QueueColumns['ids']): (wanted: QueueColumns['ids'], offset: number) => number {
  // Last words are random and nearly always tell ids apart; the few that do not are in a list.
  const places = new Map<number, number>();
  const doubles: number[] = [];
  for (let place = 0; place < ids.length / idWords; place++) {
    const word = ids[place * idWords + idWords - 1] ?? 0;
    if (places.has(word)) doubles.push(place);
    else places.set(word, place);
  }
  const isAt = (place: number, wanted: QueueColumns['ids'], offset: number) => {
    for (let word = 0; word < idWords; word++) {
      if (ids[place * idWords + word] !== wanted[offset + word]) return false;
    }
    return true;
  };
  return (wanted, offset) => {
    const place = places.get(wanted[offset + idWords - 1] ?? 0);
    if (place === undefined) return -1;
    if (isAt(place, wanted, offset)) return place;
    return doubles.find((other) => isAt(other, wanted, offset)) ?? -1;
  };
}
