import { packParts, unpackParts } from '#shared/bridge/packed-parts.ts';
import { chunksOf, type ChunkLimits } from '#shared/chunks.ts';
import { jsonBytes, parseJson, type Bytes } from './bytes.ts';
import { inflate } from './inflate.ts';
import type { OpenPage } from './page-memory.ts';

/** What is stored of one entity; an empty `json` says that it is gone. */
export interface Row {
  readonly id: string;
  /** Rows of one group are found together; empty for none. */
  readonly group: string;
  readonly json: Bytes;
}

/** Rows that came as one piece: the bytes of each in the order of `ids`, laid out by `packParts` and deflated. */
export interface RowBundle {
  readonly ids: readonly string[];
  readonly deflated: Bytes;
}

/** A page is closed early when its rows are long, so that reading one letter stays cheap. */
const pageLimits: ChunkLimits = { items: 256, weight: 1 << 18 };

/** Shares rows out over as many pages as they need. */
export function chunksForPages(rows: readonly Row[]): Row[][] {
  return chunksOf(rows, ({ json }) => json.length, pageLimits);
}

/** What a page says of its rows, ahead of their bytes. */
interface Listed {
  readonly ids: readonly string[];
  /** Left out where no row has one. */
  readonly groups?: readonly string[];
  readonly deflated: boolean;
}

/** Lays rows out as two parts: what is listed of them, and their bytes. */
export function packPage(rows: readonly Row[]): Bytes {
  const listed: Listed = {
    ids: rows.map(({ id }) => id),
    groups: rows.map(({ group }) => group),
    deflated: false,
  };
  return packParts([jsonBytes(listed), packParts(rows.map(({ json }) => json))]);
}

/** The same of rows that came in one piece, which stays as it is. */
export function packBundle({ ids, deflated }: RowBundle): Bytes {
  const listed: Listed = { ids, deflated: true };
  return packParts([jsonBytes(listed), deflated]);
}

/** Reads what {@link packPage} or {@link packBundle} made. */
export async function unpackPage(no: number, packed: Bytes): Promise<OpenPage> {
  const [head = packed, body = packed] = unpackParts(packed);
  const { ids, groups, deflated } = parseJson(head) as Listed;
  const rows = unpackParts(deflated ? await inflate(body) : body);
  const size = rows.reduce((sum, row) => sum + row.length, 0);
  return { no, ids, groups: groups ?? ids.map(() => ''), rows, size };
}

/** The rows of a bundle one by one. */
export async function rowsOfBundle({ ids, deflated }: RowBundle): Promise<Row[]> {
  const parts = unpackParts(await inflate(deflated));
  return ids.flatMap((id, index) => {
    const json = parts[index];
    return json === undefined ? [] : [{ id, group: '', json }];
  });
}
