import { Journal } from '#main/journal/journal.ts';
import { submitted, claim } from './journal-arbitraries.ts';
import { testKey } from './journal-key.ts';

/*
 * A process of its own that appends to the journal of the folder in its argument until it is killed, and prints the
 * number of each record that was acknowledged.
 */

const [, , dir = ''] = process.argv;
const opened = await Journal.open({ dir, key: testKey, clock: { now: () => 1 } });
if (!opened.ok) throw new Error(opened.error.kind);
for (let number = 1; ; number += 1) {
  const written = await opened.value.append(submitted(claim(number)));
  if (written.ok) process.stdout.write(`${String(number)}\n`);
}
