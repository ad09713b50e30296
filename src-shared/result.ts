/**
 * The outcome of anything that can fail at a boundary: a value, or an error with a closed `kind`.
 *
 * Exceptions stay inside a runtime; across the bridge and the API only this shape travels.
 */
export type Result<T, E> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** Wraps a success. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** Wraps a failure. */
export function err<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}
