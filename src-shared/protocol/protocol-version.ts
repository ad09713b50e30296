/**
 * The version of everything in this folder. test/unit/protocol hashes the schemas: a change of any of them fails there
 * until this number and the recorded hash are changed together.
 */
export const protocolVersion = 3;

/** Request header in which a desk says its protocol version. */
export const protocolVersionHeader = 'x-stp-protocol';

/** Response header with the API's clock in epoch milliseconds. */
export const serverTimeHeader = 'x-stp-time';
