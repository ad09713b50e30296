import { jsonBytes, parseJson, type Bytes } from './bytes.ts';
import type { OpenPage } from './page-memory.ts';

/** What is stored of one entity; an empty `json` says that it is gone. */
export interface Row {
  readonly id: string;
  /** Rows of one group are found together; empty for none. */
  readonly group: string;
  readonly json: Bytes;
}

/** A page holds this many rows at most. */
const pageRows = 256;
/** A page is closed early when its rows are larger than this together, so that reading one letter stays cheap. */
const pageBytes = 1 << 18;

const word = Uint32Array.BYTES_PER_ELEMENT;

/** Shares rows out over as many pages as they need. */
export function chunksForPages(rows: readonly Row[]): Row[][] {
  const chunks: Row[][] = [];
  let size = 0;
  for (const row of rows) {
    const current = chunks.at(-1);
    if (current === undefined || current.length >= pageRows || size + row.json.length > pageBytes) {
      chunks.push([row]);
      size = row.json.length;
    } else {
      current.push(row);
      size += row.json.length;
    }
  }
  return chunks;
}

/** Lays rows out as: number of parts, their ends, the parts; the first part lists ids and groups, the others are rows. */
export function packPage(rows: readonly Row[]): Bytes {
  const listed = jsonBytes({ ids: rows.map(({ id }) => id), groups: rows.map(({ group }) => group) });
  const parts = [listed, ...rows.map(({ json }) => json)];
  let end = word * (1 + parts.length);
  const page = new Uint8Array(parts.reduce((length, part) => length + part.length, end));
  const head = new DataView(page.buffer);
  head.setUint32(0, parts.length, true);
  for (const [index, part] of parts.entries()) {
    page.set(part, end);
    end += part.length;
    head.setUint32(word * (index + 1), end, true);
  }
  return page;
}

/** Reads what {@link packPage} made; rows are views into `packed`. */
export function unpackPage(no: number, packed: Bytes): OpenPage {
  const head = new DataView(packed.buffer, packed.byteOffset);
  const count = head.getUint32(0, true);
  let start = word * (1 + count);
  const [listed = packed, ...rows] = Array.from({ length: count }, (_, index) => {
    const end = head.getUint32(word * (index + 1), true);
    const part = packed.subarray(start, end);
    start = end;
    return part;
  });
  const { ids, groups } = parseJson(listed) as Pick<OpenPage, 'ids' | 'groups'>;
  return { no, ids, groups, rows, size: packed.length };
}
