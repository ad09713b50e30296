import { afterAll, describe, expect, it } from 'vitest';
import type { ReadLetter } from '#main/mailbox/frame-lines.ts';
import { ParsePool } from '#main/mailbox/parse/parse-pool.ts';
import type { Action, FaultPlan } from '#test/faults/imap/fault-plan.ts';
import { ApiLedger } from '#test/faults/imap/api-ledger.ts';
import { fastTimes, FaultedDesk } from '#test/faults/imap/faulted-desk.ts';
import { ImapServer } from '#test/faults/imap/imap-server.ts';
import { MailStore } from '#test/faults/imap/mail-store.ts';
import { runPlan } from '#test/faults/imap/run-plan.ts';
import { letter, plainServer, recordFor, until, workerUrl } from '../mailbox/desk-mailbox.ts';

/*
 * What a desk once got wrong, each as the shortest plan that shows it. `npm run faults` looks for more.
 */

const parser = new ParsePool<ReadLetter>({ workerUrl: workerUrl('letter-json-worker'), size: 1 });
afterAll(async () => {
  await parser.close();
});

const traits = {
  esearch: true,
  condstore: true,
  idle: true,
  specialUse: true,
  tellsUidNext: true,
  countsLineEndsOnce: false,
};

function planOf(...actions: readonly Action[]): FaultPlan {
  return {
    seed: 1,
    kind: 'NO',
    traits,
    letters: { history: 3, inbox: 25, sent: 3 },
    steps: actions.map((action, index) => ({ afterCommands: index * 3, action })),
  };
}

function withoutIdle(plan: FaultPlan): FaultPlan {
  return { ...plan, traits: { ...plan.traits, idle: false } };
}

async function differences(plan: FaultPlan): Promise<readonly string[]> {
  return (await runPlan(plan, parser, 30_000)).differences;
}

const fetchWithout = { kind: 'letters-missing', share: 0.2, keep: 1 } as const;
const searchWithout = { kind: 'search-missing', share: 0.5, keep: 1 } as const;
const refused = { kind: 'refuse', answer: 'NO', share: 0 } as const;

describe('mail comes in, each letter with its one fate and the watermark behind it, when', () => {
  it.each<[string, FaultPlan]>([
    ['a SEARCH leaves letters out', planOf({ do: 'arm', fault: searchWithout, times: 3 })],
    [
      'a SEARCH leaves out as many as were removed',
      planOf(
        { do: 'arm', fault: { kind: 'idle-dead' }, times: 1 },
        { do: 'expunge', folder: 'inbox', share: 0.5 },
        { do: 'deliver', folder: 'inbox', count: 1 },
        { do: 'arm', fault: searchWithout, times: 3 },
      ),
    ],
    [
      'the server has not told yet of what it is asked to find',
      withoutIdle(
        planOf(
          { do: 'deliver', folder: 'inbox', count: 1 },
          { do: 'deliver', folder: 'sent', count: 1 },
          { do: 'deliver', folder: 'inbox', count: 1 },
          { do: 'deliver', folder: 'inbox', count: 1 },
          { do: 'deliver', folder: 'inbox', count: 1 },
        ),
      ),
    ],
    ['a FETCH leaves letters out several times', planOf({ do: 'arm', fault: fetchWithout, times: 6 })],
    ['the server refuses everything for a while', planOf({ do: 'arm', fault: refused, times: 30 })],
    [
      'the report in a bounce does not come at first',
      {
        ...planOf({ do: 'arm', fault: { kind: 'only-letter-missing' }, times: 2 }),
        // There are three bounces among these.
        seed: 300,
        letters: { history: 2, inbox: 16, sent: 4 },
      },
    ],
    [
      'letters come empty',
      planOf({ do: 'arm', fault: { kind: 'empty-letter', share: 0.4, isNil: false }, times: 6 }),
    ],
    ['the server counts line ends once', { ...planOf(), traits: { ...traits, countsLineEndsOnce: true } }],
    ['a letter is never delivered', planOf({ do: 'poison', poison: 'omitted' })],
    ['a letter is refused whenever it is asked for', planOf({ do: 'poison', poison: 'refused' })],
    ['a letter breaks the connection', planOf({ do: 'poison', poison: 'breaks' })],
    [
      'a literal is longer than announced',
      planOf({ do: 'arm', fault: { kind: 'literal-long', share: 0.4, bytes: 40 }, times: 4 }),
    ],
    [
      'a literal is shorter than announced',
      planOf({ do: 'arm', fault: { kind: 'literal-short', share: 0.4, bytes: 40 }, times: 4 }),
    ],
    [
      'the folder is numbered anew again and again',
      planOf(
        { do: 'renumber', folder: 'inbox' },
        { do: 'renumber', folder: 'sent' },
        { do: 'renumber', folder: 'inbox' },
      ),
    ],
    [
      'Sent is renamed while it is open',
      planOf(
        { do: 'rename-sent', to: 'Sent Items', cutsOff: false },
        { do: 'deliver', folder: 'sent', count: 2 },
        { do: 'reset' },
      ),
    ],
    ['Sent is away for a while', planOf({ do: 'hide', folder: 'sent' }, { do: 'show', folder: 'sent' })],
    [
      'the clock of the computer is set back',
      planOf(
        { do: 'clock', byMs: -30 * 86_400_000 },
        { do: 'silent' },
        { do: 'deliver', folder: 'inbox', count: 1 },
      ),
    ],
    [
      'the desk is killed after letters were given up',
      planOf(
        { do: 'arm', fault: { ...fetchWithout, share: 0, keep: 0 }, times: 40 },
        { do: 'desk-stops' },
        { do: 'desk-starts' },
      ),
    ],
  ])('%s', async (_, plan) => {
    expect(await differences(plan)).toEqual([]);
  });
});

describe('a mail server with which the desk is connected and that does not give all letters', () => {
  it('is told of in the status until all have come', async () => {
    const store = new MailStore();
    for (let number = 1; number <= 5; number += 1) {
      store.inbox.deliver(Buffer.from(letter(`letter ${number}`)), Date.UTC(2026, 10, 17));
    }
    await using server = await ImapServer.start(store, traits);
    server.faults.arm(searchWithout, 1_000_000);
    const ledger = new ApiLedger({ onIngest: () => undefined, onWatermark: () => undefined });
    const desk = new FaultedDesk({
      record: recordFor(plainServer(server)),
      api: ledger,
      parser,
      random: () => 0.5,
      plant: {},
      times: { ...fastTimes, stalledMs: 400 },
    });
    desk.start();
    await until(() => desk.status?.connection.problem === 'sync-stalled', 'the alarm is raised');
    expect(desk.status?.connection.state).toBe('online');
    expect(ledger.watermarks).toEqual([]);
    server.faults.disarm();
    await until(() => desk.status?.connection.problem === null, 'the alarm ends');
    expect(ledger.letters.size).toBe(5);
    desk.stop();
  });
});
