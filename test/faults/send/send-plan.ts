import type { Draft } from '#shared/bridge/draft.ts';
import type { DraftId, TicketId } from '#shared/ids.ts';
import { Random } from '../../demo/random.ts';
import { moments, transitions, type Moment, type Transition } from './send-moments.ts';
import { smtpOutcomes, type SmtpOutcome } from './smtp-outcomes.ts';
import type { SmtpTraits } from './faulty-smtp.ts';
import type { WorldFaults } from './send-world.ts';

/** All that happens to one letter, from one seed. */
export interface SendPlan {
  readonly seed: number;
  readonly outcome: SmtpOutcome;
  /** Where the first life ends; null: it does not. */
  readonly dies: Moment | null;
  /** `power-cut`: unsynced bytes are lost. `killed`: a process of its own, by SIGKILL. `closed`: its agent leaves. */
  readonly death: 'power-cut' | 'killed' | 'closed';
  /** Which record finds the disk full when it is first written. */
  readonly diskFull: Transition | null;
  readonly traits: SmtpTraits;
  readonly world: WorldFaults;
  /** What the agent does about a letter that stays uncertain. */
  readonly agent: 'leaves it' | 'sends it again' | 'knows that it arrived';
  readonly recipients: number;
  readonly bodyChars: number;
}

const deaths: readonly (Moment | null)[] = [null, ...moments];

/** As many seeds in a row meet every death with every outcome once. */
export const allPlans = deaths.length * smtpOutcomes.length;

/** How desks die, in turn: a process of its own takes its time to start. */
const deathsInTurn = 16;

export function planSend(seed: number): SendPlan {
  const random = new Random(seed);
  const place = seed % allPlans;
  const outcome = smtpOutcomes[Math.floor(place / deaths.length)];
  if (outcome === undefined) throw new RangeError('no such outcome');
  const dies = deaths[place % deaths.length] ?? null;
  const bodyChars = random.pick([20, 2_000, 20_000, 120_000]);
  const lost = (['claim', 'push', 'append'] as const).filter(() => random.chance(0.2));
  return {
    seed,
    outcome,
    dies,
    death: dies === null ? 'power-cut' : deathOf(seed % deathsInTurn),
    diskFull: random.chance(0.15) ? random.pick(transitions.slice(1)) : null,
    traits: { pipelining: random.chance(0.5), bodyBytes: random.integer(1, bodyChars) },
    world: {
      lostAnswers: new Set(lost),
      apiIsAway: random.chance(0.1),
      mailboxIsAway: random.chance(0.2),
      filesItself: random.chance(0.3),
    },
    agent: random.pick(['leaves it', 'leaves it', 'sends it again', 'knows that it arrived']),
    recipients: random.integer(1, 4),
    bodyChars,
  };
}

function deathOf(turn: number): SendPlan['death'] {
  if (turn === 0) return 'killed';
  return turn % 5 === 0 ? 'closed' : 'power-cut';
}

/** Enough to see what was planned, and to run it again. */
export function describePlan({ world, outcome, dies, ...rest }: SendPlan): string {
  const lostAnswers = [...world.lostAnswers];
  return JSON.stringify({ outcome: outcome.name, dies, ...rest, world: { ...world, lostAnswers } });
}

export function draftOf({ recipients, bodyChars }: SendPlan): Draft {
  const line = 'Здравствуйте! Расписание снова открывается.\n.точка в начале строки\n';
  const people = Array.from({ length: recipients }, (_, index) => ({
    name: `Клиент ${String(index)}`,
    address: `client-${String(index)}@school.example`,
  }));
  return {
    id: '01900000-0000-7000-8000-000000000001' as DraftId,
    ticketId: '01900000-0000-7000-8000-000000000002' as TicketId,
    ticketToken: '0123ABCD',
    to: people.slice(0, 2),
    cc: people.slice(2),
    subject: 'Re: Не открывается расписание',
    text: line.repeat(Math.ceil(bodyChars / line.length)),
    html: '',
    purpose: 'answer',
    fromName: '',
    answerKind: 'solution',
    attachments: [],
    inReplyTo: '<2@school.example>',
    references: ['<1@school.example>', '<2@school.example>'],
    ticketVersion: 7,
    updatedAt: 1_500,
  };
}
