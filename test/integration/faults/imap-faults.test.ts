import { expect, it } from 'vitest';
import { imapFigure } from '#test/faults/imap/imap-figure.ts';

const runs = 60;

it(`${runs} mailboxes on a server that does wrong end as the API and the desk have them`, async () => {
  const report = await imapFigure.run({ seed: 1, runs, onProgress: () => undefined });
  expect(report.failures).toEqual([]);
  expect(report.runs).toBe(runs);
  expect(report.controls.map(({ planted, found }) => ({ planted, found }))).toEqual([
    { planted: 'no reconcile', found: true },
    { planted: 'OK of a FETCH trusted', found: true },
    { planted: 'UIDVALIDITY not looked at', found: true },
  ]);
}, 120_000);
