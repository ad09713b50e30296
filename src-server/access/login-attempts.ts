import { createHash } from 'node:crypto';
import type { Clock } from '#shared/clock.ts';
import type { Database } from '../database/database.ts';

const windowMs = 15 * 60_000;
/** Failures within the window after which log-ins of a login name, or from an address, have to wait. */
const limits = { login: 10, address: 50 } as const;

/** Limits guessing. Kept in the database, so that several processes count together. */
export class LoginAttempts {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /**
   * Counts an attempt as failed before the password is looked at, so that attempts made at the same moment cannot all
   * pass. Returns milliseconds to wait, or null to go on; {@link forgive} takes it back after a success.
   */
  async begin(login: string, address: string): Promise<number | null> {
    const now = this.#clock.now();
    let waitMs: number | null = null;
    for (const [key, limit] of keysOf(login, address)) {
      const rows = await this.#database.query<{ failures: number; window_ends_at: number }>(
        `insert into login_attempt as a (key, failures, window_ends_at) values ($1, 1, $2::bigint)
         on conflict (key) do update set
           failures = case when a.window_ends_at <= $3::bigint then 1 else a.failures + 1 end,
           window_ends_at = case when a.window_ends_at <= $3::bigint then $2::bigint else a.window_ends_at end
         returning failures, window_ends_at`,
        [key, now + windowMs, now],
      );
      const row = rows[0];
      if (row !== undefined && row.failures > limit) waitMs = Math.max(waitMs ?? 0, row.window_ends_at - now);
    }
    return waitMs;
  }

  /** Takes a successful attempt back; the login's own count starts anew, the address keeps its other failures. */
  async forgive(login: string, address: string): Promise<void> {
    const [[loginKey], [addressKey]] = keysOf(login, address);
    await this.#database.query('delete from login_attempt where key = $1 or window_ends_at <= $2::bigint', [
      loginKey,
      this.#clock.now(),
    ]);
    await this.#database.query(
      'update login_attempt set failures = greatest(failures - 1, 0) where key = $1',
      [addressKey],
    );
  }
}

/** Hashed: people type passwords into the login field, and addresses are personal data. */
function keysOf(
  login: string,
  address: string,
): readonly [readonly [string, number], readonly [string, number]] {
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  return [
    [hash(`login:${login}`), limits.login],
    [hash(`address:${address}`), limits.address],
  ];
}
