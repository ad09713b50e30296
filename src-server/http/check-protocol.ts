import type { ApiError } from '#shared/protocol/api-error.ts';

/** Desks that speak less are asked to upgrade. Raise it when an older desk would do harm. */
export const oldestProtocolVersion = 2;

/**
 * Refuses desks that speak an older protocol. Callers without the header, who read the OpenAPI document instead (scripts,
 * monitoring), are taken at their word.
 */
export function checkProtocol(header: string | readonly string[] | undefined): ApiError | null {
  if (header === undefined) return null;
  const version = typeof header === 'string' && /^\d{1,9}$/u.test(header) ? Number(header) : 0;
  if (version >= oldestProtocolVersion) return null;
  return {
    kind: 'upgrade-required',
    message: `This API needs protocol version ${oldestProtocolVersion} or newer.`,
  };
}
