/** The SQLSTATE of an error that either database threw, or null for any other error. */
function sqlState(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return /^[0-9A-Z]{5}$/u.test(error.code) ? error.code : null;
}

/**
 * True where the same transaction may succeed when it is run again: two transactions raced for a unique key
 * (23505: the loser then sees the winner's row), deadlock (40P01), serialisation (40001).
 */
export function isRace(error: unknown): boolean {
  const state = sqlState(error);
  return state === '23505' || state === '40P01' || state === '40001';
}

/** True where the database refused what it was given, and would again: data (class 22) or its size (class 54). */
export function isDataError(error: unknown): boolean {
  return /^(?:22|54)/u.test(sqlState(error) ?? '');
}

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
]);

/** True when the database cannot be reached or is shutting down (SQLSTATE classes 08 and 57P, 53300 too many). */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (connectionCodes.has(code) || /^08|^57P|^53300$/u.test(code)) return true;
  return /connection terminated|timeout exceeded when trying to connect|pool after calling end|PGlite is clos/iu.test(
    error.message,
  );
}
