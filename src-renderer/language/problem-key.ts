import type { BridgeError } from '#shared/bridge/bridge-error.ts';

/**
 * The key of the words for a bridge error.
 *
 * Problems are kept as keys, so that a message on screen changes its language with the rest of the desk.
 */
export type ErrorKey = `error.${BridgeError['kind']}`;

/** See {@link ErrorKey}. */
export function errorKey({ kind }: BridgeError): ErrorKey {
  return `error.${kind}`;
}
