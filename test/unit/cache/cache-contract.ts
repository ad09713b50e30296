import { changesContract } from './changes-contract.ts';
import { historyContract } from './history-contract.ts';
import { lettersContract } from './letters-contract.ts';
import { listingContract } from './listing-contract.ts';
import { pendingContract } from './pending-contract.ts';
import { storageContract } from './storage-contract.ts';

/** One thing that a cache must do, whatever IndexedDB it stands on; throws when it does not. */
export interface Behaviour {
  readonly behaviour: string;
  readonly check: () => Promise<void>;
}

/** The whole contract: run on fake-indexeddb in Node and on the real ones in Chromium. */
export const cacheContract: readonly Behaviour[] = [
  ...changesContract,
  ...lettersContract,
  ...historyContract,
  ...listingContract,
  ...pendingContract,
  ...storageContract,
];
