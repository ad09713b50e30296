import { Random } from '../../demo/random.ts';
import type { ServerFault } from './armed-faults.ts';
import type { ServerTraits } from './imap-server.ts';
import type { Poison } from './mail-store.ts';

/** One thing that happens to the server, the mailbox, the API or the desk. */
export type Action =
  | { readonly do: 'arm'; readonly fault: ServerFault; readonly times: number }
  | { readonly do: 'deliver'; readonly folder: 'inbox' | 'sent'; readonly count: number }
  | { readonly do: 'deliver-twice' }
  | { readonly do: 'poison'; readonly poison: Poison }
  | { readonly do: 'expunge'; readonly folder: 'inbox' | 'sent'; readonly share: number }
  | { readonly do: 'renumber'; readonly folder: 'inbox' | 'sent' }
  | { readonly do: 'jump-uidnext'; readonly folder: 'inbox' | 'sent'; readonly by: number }
  | { readonly do: 'modseq-back'; readonly by: number }
  | { readonly do: 'rename-sent'; readonly to: string; readonly cutsOff: boolean }
  | { readonly do: 'hide' | 'show'; readonly folder: 'inbox' | 'sent' }
  | { readonly do: 'down' | 'up' | 'silent' | 'heard' | 'reset' }
  | { readonly do: 'clock'; readonly byMs: number }
  | { readonly do: 'desk-stops' | 'desk-starts' }
  | { readonly do: 'lose-calls' | 'lose-answers'; readonly count: number };

export interface Step {
  /** Waits until the server has read so many more commands, but not for long. */
  readonly afterCommands: number;
  readonly action: Action;
}

export interface FaultPlan {
  readonly seed: number;
  readonly kind: PlannedFault;
  readonly traits: ServerTraits;
  readonly letters: { readonly history: number; readonly inbox: number; readonly sent: number };
  readonly steps: readonly Step[];
}

type MakeActions = (random: Random) => readonly Action[];

const byes = ['too many errors', '[UNAVAILABLE] shutting down', '[INUSE] try later'];
const arm = (fault: ServerFault, times = 1): Action[] => [{ do: 'arm', fault, times }];
const folderOf = (random: Random): 'inbox' | 'sent' => (random.chance(0.7) ? 'inbox' : 'sent');

/** Every fault that is planned, by name. */
const makers = {
  'drop mid-literal': (random) => arm({ kind: 'drop', share: random.next() }, random.integer(1, 3)),
  'stall mid-literal': (random) => arm({ kind: 'stall', share: random.next() }),
  BYE: (random) => arm({ kind: 'bye', share: random.next(), words: random.pick(byes) }, random.integer(1, 3)),
  NO: (random) => arm({ kind: 'refuse', answer: 'NO', share: random.next() }, random.integer(1, 4)),
  BAD: (random) => arm({ kind: 'refuse', answer: 'BAD', share: random.next() }, random.integer(1, 3)),
  'OK with letters missing': (random) =>
    arm({ kind: 'letters-missing', share: random.next(), keep: random.integer(0, 3) }, random.integer(1, 4)),
  'OK without the letter': (random) => arm({ kind: 'only-letter-missing' }, random.integer(1, 3)),
  'an empty letter': (random) =>
    arm({ kind: 'empty-letter', share: random.next(), isNil: random.chance(0.5) }, random.integer(1, 4)),
  'a letter that nobody asked for': (random) =>
    arm({ kind: 'unasked-letter', share: random.next() }, random.integer(1, 4)),
  'EXISTS that lies': (random) =>
    arm({ kind: 'exists-lies', exists: random.pick([0, 1, 7, 20, 9_999]) }, random.integer(1, 4)),
  'a mailbox that looks empty': (random) => [
    ...arm({ kind: 'looks-empty' }, random.integer(1, 3)),
    { do: 'reset' },
  ],
  'SEARCH with letters missing': (random) =>
    arm({ kind: 'search-missing', share: random.next(), keep: random.integer(0, 3) }, random.integer(1, 3)),
  'literal shorter than announced': (random) =>
    arm({ kind: 'literal-short', share: random.next(), bytes: random.integer(1, 90) }, random.integer(1, 2)),
  'literal longer than announced': (random) =>
    arm({ kind: 'literal-long', share: random.next(), bytes: random.integer(1, 90) }, random.integer(1, 2)),
  garbage: (random) =>
    arm({ kind: 'garbage', share: random.next(), lines: garbageLines(random) }, random.integer(1, 3)),
  'the same UID twice': (random) => arm({ kind: 'uid-twice', share: random.next() }, random.integer(1, 4)),
  'unsolicited FETCH': (random) =>
    arm(
      { kind: 'unsolicited-fetch', share: random.next(), withUid: random.chance(0.5) },
      random.integer(2, 6),
    ),
  'EXPUNGE during FETCH': (random) =>
    arm({ kind: 'expunge-during-fetch', share: random.next() }, random.integer(1, 3)),
  'UIDVALIDITY change': (random) => [{ do: 'renumber', folder: folderOf(random) }],
  'UIDVALIDITY change while offline': (random) => [
    { do: 'desk-stops' },
    { do: 'renumber', folder: folderOf(random) },
    ...(random.chance(0.5) ? [{ do: 'deliver', folder: 'inbox', count: 2 } as const] : []),
    { do: 'desk-starts' },
  ],
  'UIDNEXT jumps': (random) => [
    { do: 'jump-uidnext', folder: folderOf(random), by: random.integer(1, 1_000_000) },
    { do: 'deliver', folder: 'inbox', count: 1 },
  ],
  'MODSEQ going back': (random) => [{ do: 'modseq-back', by: random.integer(1, 20) }],
  'Sent renamed': (random) => [
    { do: 'rename-sent', to: random.pick(['Sent Items', 'Sent Messages']), cutsOff: random.chance(0.5) },
    { do: 'deliver', folder: 'sent', count: 1 },
  ],
  'Sent gone': () => [
    { do: 'hide', folder: 'sent' },
    { do: 'show', folder: 'sent' },
  ],
  'INBOX gone': () => [
    { do: 'hide', folder: 'inbox' },
    { do: 'show', folder: 'inbox' },
  ],
  'IDLE dead without FIN': (random) => [
    ...arm({ kind: 'idle-dead' }, random.integer(1, 2)),
    { do: 'deliver', folder: 'inbox', count: 1 },
  ],
  'changes not announced': (random) => [
    { do: 'silent' },
    { do: 'deliver', folder: folderOf(random), count: 2 },
    { do: 'expunge', folder: 'inbox', share: random.next() },
    { do: 'heard' },
  ],
  'clock jumps': (random) => [{ do: 'clock', byMs: Math.round(random.between(-40, 40) * 86_400_000) }],
  'connection limit': (random) => [
    ...arm({ kind: 'limit', words: '[LIMIT] Too many simultaneous connections' }, random.integer(1, 4)),
    { do: 'reset' },
  ],
  'authentication lost': (random) => [
    ...arm(
      { kind: 'log-in-refused', words: random.pick(['[AUTHENTICATIONFAILED] no', 'LOGIN failed']) },
      random.integer(1, 3),
    ),
    { do: 'reset' },
  ],
  quota: (random) => [
    ...arm(
      { kind: 'bye', share: random.next(), words: '[OVERQUOTA] bandwidth limit exceeded' },
      random.integer(1, 3),
    ),
  ],
  'server away': () => [{ do: 'down' }, { do: 'up' }],
  'a letter that cannot be read': (random) => [
    { do: 'poison', poison: random.pick<Poison>(['omitted', 'refused', 'breaks']) },
  ],
  'desk killed': () => [{ do: 'desk-stops' }, { do: 'desk-starts' }],
  'API answers lost': (random) => [
    { do: random.chance(0.5) ? 'lose-answers' : 'lose-calls', count: random.integer(1, 4) },
  ],
} satisfies Record<string, MakeActions>;

export type PlannedFault = keyof typeof makers;
export const plannedFaults = Object.keys(makers) as PlannedFault[];

/** The plan of that seed: one fault of the kind that is the seed's turn, some of other kinds, and life going on. */
export function planFaults(seed: number): FaultPlan {
  const random = new Random(seed * 2_654_435_761);
  const kind = plannedFaults[seed % plannedFaults.length] ?? 'NO';
  const groups: (readonly Action[])[] = [makers[kind](random)];
  for (let others = random.integer(0, 3); others > 0; others -= 1) {
    groups.push(makers[random.pick(plannedFaults)](random));
  }
  for (let events = random.integer(1, 4); events > 0; events -= 1) groups.push([lifeGoesOn(random)]);
  const steps = random
    .shuffle(groups)
    .flat()
    .map((action) => ({ afterCommands: random.integer(0, 8), action }));
  return {
    seed,
    kind,
    traits: {
      esearch: random.chance(0.7),
      condstore: random.chance(0.7),
      idle: random.chance(0.85),
      specialUse: random.chance(0.7),
      tellsUidNext: random.chance(0.85),
      countsLineEndsOnce: random.chance(0.1),
    },
    letters: {
      history: random.integer(0, 6),
      inbox: random.integer(1, 30),
      sent: random.integer(0, 8),
    },
    steps,
  };
}

/** For a report: everything but what the seed says already. */
export function describePlan({ seed, kind, traits, letters, steps }: FaultPlan): string {
  const lines = steps.map(
    ({ afterCommands, action }, index) =>
      `    ${index + 1}. +${afterCommands} commands: ${JSON.stringify(action)}`,
  );
  return [`seed ${seed}: ${kind}`, `    ${JSON.stringify({ ...traits, ...letters })}`, ...lines].join('\n');
}

function lifeGoesOn(random: Random): Action {
  const folder = folderOf(random);
  if (random.chance(0.15)) return { do: 'deliver-twice' };
  return random.chance(0.65)
    ? { do: 'deliver', folder, count: random.integer(1, 4) }
    : { do: 'expunge', folder, share: random.next() };
}

function garbageLines(random: Random): string[] {
  const noise = (): string =>
    Buffer.from(random.bytes(random.integer(1, 200)))
      .toString('latin1')
      .replaceAll(/[\r\n{}]/gu, '~');
  return [
    random.pick([
      noise(),
      `* ${noise()}`,
      '* 99999 EXISTS EXISTS',
      '* FETCH',
      '* 3 FETCH (UID',
      '+ ',
      '* OK',
      '',
    ]),
  ];
}
