import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Disk } from '#main/journal/disk.ts';
import { smtpLimits, type SmtpLimits } from '#main/outgoing/open-smtp.ts';
import { testKey } from '#test/unit/journal/journal-key.ts';
import { Random } from '../../demo/random.ts';
import { FaultySmtp } from './faulty-smtp.ts';
import { judgeLetter, judgeMoment } from './judge-letter.ts';
import { runKilledLife } from './killed-life.ts';
import { PowerCutDisk } from './power-cut-disk.ts';
import { PassingClock, SendDesk, type SendPorts } from './send-desk.ts';
import { transitionOf, type Moment, type Transition } from './send-moments.ts';
import { draftOf, type SendPlan } from './send-plan.ts';
import { SendWorld } from './send-world.ts';
import { tappedDisk } from './tapped-disk.ts';

/** A part of the desk that is replaced by one with a bug, to see that it is found. */
export interface SendPlant {
  readonly disk?: (disk: Disk) => Disk;
  readonly sentFolder?: (world: SendWorld) => SendPorts['sentFolder'];
}

export interface SendResult {
  /** Empty when the desk shows what happened. */
  readonly differences: readonly string[];
  readonly diedAt: Moment | null;
  /** The state of the letter at the end. */
  readonly state: string;
}

/** A server that stalls is given up soon; one that only is slow on a busy machine is not. */
const impatient: SmtpLimits = {
  connectMs: 250,
  greetingMs: 250,
  openMs: 250,
  silenceMs: 250,
  lastWordMs: 100,
  quitMs: 50,
};

/** How often the desk tries while the faults last. */
const roundsWithFaults = 4;

/** Runs one plan: a life that may end in the middle, a new start, the end of all faults, the next morning. */
export async function runSend(plan: SendPlan, plant: SendPlant = {}): Promise<SendResult> {
  const dir = await mkdtemp(join(tmpdir(), 'stp-send-'));
  const { outcome, traits } = plan;
  const smtp = new FaultySmtp(outcome.conversations, traits, outcome.refusesConnections === true);
  try {
    return await new SendRun(plan, plant, smtp, dir).run();
  } finally {
    smtp.endLife();
    await rm(dir, { recursive: true });
  }
}

class SendRun {
  readonly #plan: SendPlan;
  readonly #plant: SendPlant;
  readonly #smtp: FaultySmtp;
  readonly #dir: string;
  readonly #clock = new PassingClock();
  readonly #world: SendWorld;
  readonly #random: Random;
  #diedAt: Moment | null = null;
  #flushed = false;
  #wasFull = false;
  /** What was wrong on the way. */
  readonly #seen: string[] = [];
  #desk: SendDesk | null = null;

  constructor(plan: SendPlan, plant: SendPlant, smtp: FaultySmtp, dir: string) {
    this.#plan = plan;
    this.#plant = plant;
    this.#smtp = smtp;
    this.#dir = dir;
    this.#world = new SendWorld(plan.world, () => this.#clock.now());
    this.#random = new Random(plan.seed ^ 0x5e4d);
    smtp.onTaken = ({ messageId, source }) => {
      this.#world.taken(messageId, source);
      this.#look();
    };
  }

  async run(): Promise<SendResult> {
    const { death } = this.#plan;
    const isOver = death === 'killed' ? await this.#firstLifeApart() : await this.#life(true);
    const done = isOver || (await this.#life(false));
    if (!done) return this.#result(['nothing comes to an end'], 'working');
    return await this.#nextMorning();
  }

  /** One life, to its end or until all is done; true: all is done. */
  async #life(mayDie: boolean): Promise<boolean> {
    const life = new Life(new PowerCutDisk(this.#random));
    await this.#smtp.beginLife();
    const working = this.#work(life, mayDie);
    // What a life that ended leaves behind never comes to an end.
    const done = await Promise.race([working, life.ended.then(() => null)]);
    if (done === null) await life.disk.cut();
    this.#smtp.endLife();
    return done === true;
  }

  async #work(life: Life, mayDie: boolean): Promise<boolean> {
    let closing: Promise<void> | null = null;
    /** True when the agent has left. */
    const hasLeft = async (): Promise<boolean> => {
      await closing;
      return closing !== null;
    };
    const ends = (moment: Moment): void => {
      if (!mayDie || this.#diedAt !== null || moment !== this.#plan.dies) return;
      this.#diedAt = moment;
      if (this.#plan.death === 'closed') closing = this.#desk?.close() ?? null;
      else life.end();
    };
    this.#watchWorld(ends);
    const disk = tappedDisk(life.disk, testKey, async (step, records) => {
      for (const record of records) {
        const transition = transitionOf(record);
        if (transition === 'FLUSHED' && step !== 'unwritten') this.#flushed = true;
        if (transition !== null) ends(`${transition} ${step}`);
        if (transition !== null && step === 'unwritten') this.#fillUp(transition);
      }
      if (life.isOver) await life.never();
    });
    const desk = await this.#open(life, this.#plant.disk?.(disk) ?? disk);
    const { outgoing, drafts } = desk.journal.state;
    if (outgoing.size === 0 && drafts.size === 0) await desk.save(draftOf(this.#plan));
    await desk.sendDrafts();
    const onWait = (): void => this.#smtp.answerCalls();
    await desk.work(roundsWithFaults, onWait);
    if (await hasLeft()) return false;
    this.#smtp.heal();
    this.#world.heal();
    desk.queue.retryNow();
    const done = await desk.work();
    if (await hasLeft()) return false;
    await desk.close();
    return done;
  }

  /** The disk is full once, for the record that was planned. */
  #fillUp(transition: Transition): void {
    if (this.#wasFull || transition !== this.#plan.diskFull) return;
    this.#wasFull = true;
    throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  }

  async #open(life: Life, disk: Disk): Promise<SendDesk> {
    this.#desk = null;
    const desk = await SendDesk.open(this.#ports(life, disk));
    this.#desk = desk;
    this.#look();
    return desk;
  }

  /** Looks at what the desk shows now. */
  #look(): void {
    for (const letter of this.#desk?.journal.state.outgoing.values() ?? []) {
      this.#seen.push(...judgeMoment(letter, this.#smtp));
    }
  }

  #watchWorld(ends: (moment: Moment) => void): void {
    this.#world.onClaimed = () => ends('claimed');
    this.#world.onAppended = () => ends('appended');
    this.#world.onPushed = () => ends('pushed');
    this.#smtp.onDot = () => ends('dot');
  }

  #ports(life: Life, disk: Disk): SendPorts {
    const world = this.#world;
    const sentFolder = this.#plant.sentFolder?.(world) ?? world.sentFolder;
    return {
      dir: this.#dir,
      disk,
      smtpPort: () => this.#smtp.port,
      smtpLimits: limitsOf(this.#plan),
      claimSend: (claim) => life.whenAlive(() => Promise.resolve(world.claim(claim))),
      push: (operations) => life.whenAlive(() => Promise.resolve(world.push(operations))),
      sentFolder: {
        sentCopies: (id) => life.whenAlive(() => sentFolder.sentCopies(id)),
        fileSentCopy: (id, source) => life.whenAlive(() => sentFolder.fileSentCopy(id, source)),
      },
      clock: this.#clock,
      random: () => this.#random.next(),
    };
  }

  /** The first life in a process of its own. */
  async #firstLifeApart(): Promise<boolean> {
    await this.#smtp.beginLife();
    const { diedAt } = await runKilledLife({
      plan: this.#plan,
      dir: this.#dir,
      smtp: this.#smtp,
      world: this.#world,
      clock: this.#clock,
      limits: limitsOf(this.#plan),
      rounds: roundsWithFaults,
    });
    this.#diedAt = diedAt;
    // Its records cannot be watched from here; without a body there was none.
    this.#flushed = this.#smtp.records.some(({ bodyBegan }) => bodyBegan);
    this.#smtp.endLife();
    return false;
  }

  /** One more start, long after; what is still uncertain is for the agent to decide. */
  async #nextMorning(): Promise<SendResult> {
    const life = new Life(new PowerCutDisk(this.#random));
    this.#watchWorld(() => {});
    await this.#smtp.beginLife();
    const desk = await this.#open(life, life.disk);
    await desk.work();
    let decided: 'nothing' | 'sent again' | 'said to have arrived' = 'nothing';
    for (const [id, { outgoing }] of desk.journal.state.outgoing) {
      if (outgoing.state !== 'uncertain' || this.#plan.agent === 'leaves it') continue;
      decided = this.#plan.agent === 'sends it again' ? 'sent again' : 'said to have arrived';
      await desk.queue.decide(id, decided === 'sent again' ? 'send' : 'dismiss');
    }
    const done = await desk.work();
    const { outgoing, drafts } = desk.journal.state;
    const letters = [...outgoing.values()];
    await desk.close();
    const differences = judgeLetter({
      plan: this.#plan,
      smtp: this.#smtp,
      world: this.#world,
      letters,
      drafts: drafts.size,
      diedAt: this.#diedAt,
      flushed: this.#flushed,
      decided,
    });
    if (!done) differences.push('nothing comes to an end');
    return this.#result(differences, letters[0]?.outgoing.state ?? 'none');
  }

  #result(differences: readonly string[], state: string): SendResult {
    return { differences: [...new Set([...differences, ...this.#seen])], diedAt: this.#diedAt, state };
  }
}

/** The time from a start of the desk to its end, in whatever way. */
class Life {
  readonly disk: PowerCutDisk;
  readonly ended: Promise<void>;
  isOver = false;
  readonly #end: () => void;

  constructor(disk: PowerCutDisk) {
    this.disk = disk;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#end = resolve;
  }

  /** Nothing that was begun goes on. */
  end(): void {
    this.isOver = true;
    this.#end();
  }

  never(): Promise<never> {
    return new Promise(() => {});
  }

  async whenAlive<T>(work: () => Promise<T>): Promise<T> {
    if (this.isOver) return await this.never();
    const done = await work();
    return this.isOver ? await this.never() : done;
  }
}

function limitsOf({ outcome }: SendPlan): SmtpLimits {
  const stalls = outcome.conversations.flat().some(({ does }) => does === 'stalls');
  return stalls ? impatient : { ...smtpLimits, quitMs: 50 };
}
