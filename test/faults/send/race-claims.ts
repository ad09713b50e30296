import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ok } from '#shared/result.ts';
import type { Disk } from '#main/journal/disk.ts';
import { smtpLimits } from '#main/outgoing/open-smtp.ts';
import { testKey } from '#test/unit/journal/journal-key.ts';
import { Random } from '../../demo/random.ts';
import { hastyDisk } from '../journal/journal-readers.ts';
import { FaultySmtp } from './faulty-smtp.ts';
import { putSameLetter } from './same-letter.ts';
import { PassingClock, SendDesk } from './send-desk.ts';
import { transitionOf } from './send-moments.ts';
import { draftOf, planSend } from './send-plan.ts';
import { SendWorld } from './send-world.ts';
import { tappedDisk } from './tapped-disk.ts';

/** Two desks, each with a letter of the same Message-ID. */
export interface ClaimRace {
  readonly seed: number;
  /** `taken over`: the one that claimed first hangs before it flushes, until its lease is over and the other has sent. */
  readonly kind: 'at once' | 'taken over';
  readonly lostAnswers: readonly ('claim' | 'push' | 'append')[];
}

export function planRace(seed: number): ClaimRace {
  const random = new Random(seed);
  return {
    seed,
    kind: seed % 2 === 0 ? 'at once' : 'taken over',
    lostAnswers: (['claim', 'push', 'append'] as const).filter(() => random.chance(0.3)),
  };
}

/** Runs a race; what is wrong, empty when one desk has sent the letter and the other shows that it has not. */
export async function runRace(race: ClaimRace, claims: 'asked' | 'always granted'): Promise<string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'stp-race-'));
  const smtp = new FaultySmtp([], { pipelining: race.seed % 3 === 0, bodyBytes: 10 }, false);
  await smtp.beginLife();
  try {
    return await new Race(race, claims, smtp, dir).run();
  } finally {
    smtp.endLife();
    await rm(dir, { recursive: true });
  }
}

class Race {
  readonly #race: ClaimRace;
  readonly #claims: 'asked' | 'always granted';
  readonly #smtp: FaultySmtp;
  readonly #dirs: readonly [string, string];
  readonly #clock = new PassingClock();
  readonly #world: SendWorld;
  readonly #hangs = Promise.withResolvers<void>();
  readonly #goesOn = Promise.withResolvers<void>();

  constructor(race: ClaimRace, claims: 'asked' | 'always granted', smtp: FaultySmtp, dir: string) {
    this.#race = race;
    this.#claims = claims;
    this.#smtp = smtp;
    this.#dirs = [join(dir, 'first'), join(dir, 'second')];
    const lostAnswers = new Set(race.lostAnswers);
    this.#world = new SendWorld(
      { lostAnswers, apiIsAway: false, mailboxIsAway: false, filesItself: false },
      () => this.#clock.now(),
    );
  }

  async run(): Promise<string[]> {
    await putSameLetter(this.#dirs, draftOf(planSend(this.#race.seed)));
    const desks = this.#race.kind === 'at once' ? await this.#bothAtOnce() : await this.#oneAfterTheOther();
    const states = desks.map(stateOf);
    await Promise.all(desks.map((desk) => desk.close()));
    return this.#judge(states);
  }

  async #bothAtOnce(): Promise<SendDesk[]> {
    const desks = await Promise.all(this.#dirs.map((dir) => this.#open(dir, hastyDisk)));
    await Promise.all(desks.map((desk) => desk.work()));
    return desks;
  }

  async #oneAfterTheOther(): Promise<SendDesk[]> {
    const first = await this.#open(this.#dirs[0], this.#slowDisk());
    const working = first.work();
    await this.#hangs.promise;
    const second = await this.#open(this.#dirs[1], hastyDisk);
    this.#clock.pass();
    await second.work();
    this.#goesOn.resolve();
    await working;
    return [first, second];
  }

  /** Takes its time to write that the connection is there. */
  #slowDisk(): Disk {
    return tappedDisk(hastyDisk, testKey, async (step, records) => {
      if (step !== 'unwritten' || !records.some((record) => transitionOf(record) === 'CONNECTED')) return;
      this.#hangs.resolve();
      await this.#goesOn.promise;
    });
  }

  async #open(dir: string, disk: Disk): Promise<SendDesk> {
    const random = new Random(this.#race.seed);
    const world = this.#world;
    return await SendDesk.open({
      dir,
      disk,
      smtpPort: () => this.#smtp.port,
      smtpLimits: { ...smtpLimits, quitMs: 50 },
      claimSend: (claim) =>
        Promise.resolve(
          this.#claims === 'asked'
            ? world.claim(claim)
            : ok({ leaseExpiresAt: Number.MAX_SAFE_INTEGER, movedOn: null }),
        ),
      push: (operations) => Promise.resolve(world.push(operations)),
      sentFolder: world.sentFolder,
      clock: this.#clock,
      random: () => random.next(),
    });
  }

  #judge(states: readonly string[]): string[] {
    const found: string[] = [];
    const times = this.#smtp.taken.length;
    if (times !== 1) found.push(`taken ${String(times)} times`);
    const shown = [...states].sort().join(' and ');
    if (shown !== 'held and sent') found.push(`shown as ${shown}`);
    const copies = [...this.#world.copies.values()].flat().length;
    if (copies !== 1) found.push(`${String(copies)} copies in Sent`);
    return found;
  }
}

function stateOf({ journal }: SendDesk): string {
  return [...journal.state.outgoing.values()].map(({ outgoing }) => outgoing.state).join();
}
