import { expect, it } from 'vitest';
import { runManyDesks } from '#test/faults/ingest/many-desks.ts';

/* The whole of it is the row `ingest` of `npm run faults`. */

it('desks that ingest one mailbox at once, some of their calls lost, put each letter on one ticket', async () => {
  const wrong = await runManyDesks({ seed: 7, desks: 3, letters: 300, identities: 'of the letter' });
  expect(wrong).toEqual([]);
}, 120_000);

it('and it would be seen if they did not', async () => {
  const wrong = await runManyDesks({ seed: 7, desks: 2, letters: 40, identities: 'of each desk' });
  expect(wrong.length).toBeGreaterThan(0);
}, 120_000);
