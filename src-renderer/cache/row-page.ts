import type { Bytes } from './bytes.ts';

/** A page holds this many rows at most. */
export const pageRows = 256;
/** A page is closed early when its rows are larger than this together. */
export const pageBytes = 1 << 20;

const word = Uint32Array.BYTES_PER_ELEMENT;

/** Packs rows so that one of them can be read without touching the others: count, end offsets, rows. */
export function packPage(rows: readonly Bytes[]): Bytes {
  const head = word * (1 + rows.length);
  const page = new Uint8Array(rows.reduce((length, row) => length + row.length, head));
  const offsets = new DataView(page.buffer);
  offsets.setUint32(0, rows.length, true);
  let end = head;
  for (const [index, row] of rows.entries()) {
    page.set(row, end);
    end += row.length;
    offsets.setUint32(word * (index + 1), end, true);
  }
  return page;
}

/** The row at `index`, a view into the page. */
export function rowOfPage(page: Bytes, index: number): Bytes {
  const offsets = new DataView(page.buffer, page.byteOffset);
  const start = index === 0 ? word * (1 + offsets.getUint32(0, true)) : offsets.getUint32(word * index, true);
  return page.subarray(start, offsets.getUint32(word * (index + 1), true));
}

/** All rows, in order. */
export function rowsOfPage(page: Bytes): Bytes[] {
  const count = new DataView(page.buffer, page.byteOffset).getUint32(0, true);
  return Array.from({ length: count }, (_, index) => rowOfPage(page, index));
}
