/**
 * What the ticket API needs of a database: text and parameters in, rows out.
 *
 * Plain SQL instead of a query builder: the statements are set-based (`unnest`, data-modifying CTEs, `for update`) and
 * few, PostgreSQL and PGlite take the very same text, and what is measured is what is read here.
 * `bigint` arrives as number; everything this schema stores in one (moments, versions) is a safe integer.
 */
export interface Queryable {
  /** Runs one statement. `Row` is the caller's word for what the statement selects. */
  query<Row extends object>(text: string, parameters?: readonly unknown[]): Promise<readonly Row[]>;
}

/** Connections in use, for the metrics. */
export interface PoolState {
  readonly total: number;
  readonly idle: number;
  readonly waiting: number;
}

/** An open database, a PostgreSQL server or the embedded one. */
export interface Database extends Queryable {
  readonly engine: 'postgres' | 'pglite';
  /** Runs `work` in a READ COMMITTED transaction; an exception rolls it back and comes out unchanged. */
  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T>;
  /** Calls `onNotice` for notices of `channel` committed by any process; some may get lost on a broken connection. */
  listen(channel: string, onNotice: () => void): Promise<() => Promise<void>>;
  poolState(): PoolState;
  close(): Promise<void>;
}
