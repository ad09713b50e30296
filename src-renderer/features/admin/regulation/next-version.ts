import { Equal as isEqual } from 'typebox/value';
/**
 * The name of an edited profile or calendar: a deadline names the version that it was computed from, so that what was
 * changed must not keep the name of what it was. A name that the edit brought itself, as a file does, stays.
 */
export function nextVersion(
  before: { readonly version: string },
  after: { readonly version: string },
  revision: number,
): string {
  if (isEqual(before, after) || after.version !== before.version) return after.version;
  return `${before.version.replace(/\+r\d+$/u, '')}+r${revision}`;
}
