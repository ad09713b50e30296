import { normaliseAddress } from '#shared/mail/addresses.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import type { Queryable } from '../database/database.ts';
import { readMailboxRules } from '../mailbox/mailbox-records.ts';

/** The service's own addresses, as far as these operations have to be judged by them. */
export async function readOwnAddresses(
  transaction: Queryable,
  operations: readonly Operation[],
): Promise<ReadonlySet<string>> {
  if (!operations.some(({ kind }) => kind === 'add-participant')) return new Set();
  return (await readMailboxRules(transaction))?.ownAddresses ?? new Set();
}

/** Whether an operation makes one of these addresses a ticket's participant. */
export function addsOneOf(addresses: ReadonlySet<string>, operation: Operation): boolean {
  return operation.kind === 'add-participant' && addresses.has(normaliseAddress(operation.address));
}
