import type { ApiCallError } from '../tickets/api-call-error.ts';

/** The API failed in a way that says nothing about letters; try again later. */
export class ApiAway extends Error {
  readonly retryAfterMs: number;
  constructor(error: ApiCallError) {
    super(error.kind);
    this.name = 'ApiAway';
    this.retryAfterMs = error.retryAfterMs ?? 0;
  }
}

/**
 * The API's answer.
 *
 * @throws ApiAway
 */
export function answerOf<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ApiCallError },
): T {
  if (!result.ok) throw new ApiAway(result.error);
  return result.value;
}
