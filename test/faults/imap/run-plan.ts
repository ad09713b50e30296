import type { ReadLetter } from '#main/mailbox/frame-lines.ts';
import type { ParsePool } from '#main/mailbox/parse/parse-pool.ts';
import type { MailboxRecord } from '#shared/protocol/mailbox-record.ts';
import { Random } from '../../demo/random.ts';
import { ApiLedger } from './api-ledger.ts';
import type { Action, FaultPlan } from './fault-plan.ts';
import { FaultedDesk, type DeskPlant } from './faulted-desk.ts';
import { ImapServer } from './imap-server.ts';
import { MailStore, type StoredFolder } from './mail-store.ts';
import { MailboxTruth } from './mailbox-truth.ts';
import { LetterMaker } from './make-letters.ts';

export interface PlanResult {
  /** Empty when mailbox, API and desk say the same. */
  readonly differences: readonly string[];
  /** The planned server faults that found no moment to happen. */
  readonly unused: number;
  readonly tookMs: number;
  readonly events: ReadonlyMap<string, number>;
}

const ticketsFrom = Date.UTC(2026, 10, 16, 6);
const minute = 60_000;
/** A step waits for commands no longer than this. */
const stepMs = 60;
const provocations = 5;

/** The mailbox, its server, the API and one desk, and what a plan does to them. */
class Scene {
  readonly store: MailStore;
  readonly truth: MailboxTruth;
  readonly ledger: ApiLedger;
  readonly server: ImapServer;
  readonly desk: FaultedDesk;
  readonly #random: Random;
  readonly #letters: LetterMaker;
  #receivedAt = ticketsFrom;

  constructor(
    plan: FaultPlan,
    server: ImapServer,
    store: MailStore,
    parser: ParsePool<ReadLetter>,
    plant: DeskPlant,
  ) {
    this.store = store;
    this.truth = new MailboxTruth(store, ticketsFrom);
    this.server = server;
    this.#random = new Random(plan.seed);
    this.#letters = new LetterMaker(this.#random);
    this.ledger = new ApiLedger({
      onIngest: (facts) => {
        this.truth.checkIngest(facts);
      },
      onWatermark: (watermark) => {
        this.truth.checkWatermark(watermark, this.ledger);
      },
    });
    this.desk = new FaultedDesk({
      record: recordOf(server),
      api: this.ledger,
      parser,
      random: () => this.#random.next(),
      plant,
    });
  }

  fill({ letters: { history, inbox, sent } }: FaultPlan): void {
    for (let count = 0; count < history; count += 1) {
      this.store.inbox.deliver(this.#letters.next(), ticketsFrom - (count + 1) * 17 * 60 * minute);
    }
    for (let count = 0; count < inbox; count += 1) this.#deliver(this.store.inbox);
    for (let count = 0; count < sent; count += 1) this.#deliver(this.store.sent);
  }

  #deliver(folder: StoredFolder): void {
    this.#receivedAt += this.#random.integer(0, 600) * 1_000;
    folder.deliver(this.#letters.next(), this.#receivedAt);
  }

  act(action: Action): void {
    const { store, server, desk, ledger } = this;
    switch (action.do) {
      case 'arm':
        server.faults.arm(action.fault, action.times);
        return;
      case 'deliver':
        for (let count = 0; count < action.count; count += 1) this.#deliver(store[action.folder]);
        return;
      case 'deliver-twice': {
        const again = this.#random.pick(store.inbox.letters);
        store.inbox.deliver(again.bytes, again.internalDateAt, again.poison);
        return;
      }
      case 'poison':
        store.inbox.deliver(this.#letters.next(), this.#receivedAt, action.poison);
        return;
      case 'expunge': {
        const { letters } = store[action.folder];
        const chosen = letters[Math.floor(action.share * letters.length)];
        if (chosen !== undefined && letters.length > 1) store[action.folder].expunge(chosen.uid);
        return;
      }
      case 'renumber':
        store[action.folder].renumber(this.#random.shuffle(store[action.folder].letters));
        return;
      case 'jump-uidnext':
        store[action.folder].uidNext += action.by;
        return;
      case 'modseq-back':
        for (const folder of store.folders) {
          folder.highestModseq = Math.max(1, folder.highestModseq - action.by);
        }
        return;
      case 'rename-sent':
        store.sent.path = action.to;
        if (action.cutsOff) server.endAll(null);
        return;
      case 'hide':
        store[action.folder].exists = false;
        server.endAll(null);
        return;
      case 'show':
        store[action.folder].exists = true;
        return;
      case 'down':
        server.isDown = true;
        server.endAll('shutting down');
        return;
      case 'up':
        server.isDown = false;
        return;
      case 'silent':
      case 'heard':
        server.isSilent = action.do === 'silent';
        return;
      case 'reset':
        server.endAll(null);
        return;
      case 'clock':
        desk.clockOffsetMs += action.byMs;
        return;
      case 'desk-stops':
        desk.stop();
        return;
      case 'desk-starts':
        desk.start();
        return;
      case 'lose-calls':
        ledger.loseCalls += action.count;
        return;
      case 'lose-answers':
        ledger.loseAnswers += action.count;
    }
  }

  /** Makes room for faults that still wait for their moment. */
  provoke(): void {
    this.#deliver(this.store.inbox);
    this.#deliver(this.store.sent);
    if (this.server.faults.wantsNewConnection()) this.server.endAll(null);
  }

  /** Faults end; what is broken stays broken, and one more letter comes. */
  heal(): void {
    const { server, store, ledger } = this;
    server.faults.disarm();
    server.isDown = false;
    server.isSilent = false;
    for (const folder of store.folders) folder.exists = true;
    ledger.loseCalls = 0;
    ledger.loseAnswers = 0;
    this.#deliver(store.inbox);
  }

  /** Empty once everything is told and the watermark stands after the last letter. */
  differences(): string[] {
    const differences = this.truth.differences(this.ledger, this.desk.base);
    const at = Math.max(0, ...this.ledger.watermarks.map((watermark) => watermark.at));
    const arrivedAt = Math.max(
      ...this.store.folders.flatMap(({ letters }) => letters.map((letter) => letter.arrivedAt)),
    );
    if (at <= arrivedAt) differences.push('the watermark stays behind');
    return differences;
  }
}

/** Runs the plan on a desk of its own, and waits so long for mailbox, API and desk to say the same. */
export async function runPlan(
  plan: FaultPlan,
  parser: ParsePool<ReadLetter>,
  patienceMs: number,
  plant: DeskPlant = {},
): Promise<PlanResult> {
  const startedAt = Date.now();
  const store = new MailStore(plan.traits.countsLineEndsOnce);
  await using server = await ImapServer.start(store, plan.traits);
  const scene = new Scene(plan, server, store, parser, plant);
  scene.fill(plan);
  scene.desk.start();
  for (const { afterCommands, action } of plan.steps) {
    const until = server.commands + afterCommands;
    await waitFor(() => server.commands >= until, stepMs);
    scene.act(action);
  }
  for (let tries = 0; tries < provocations && server.faults.waiting > 0; tries += 1) {
    scene.provoke();
    await waitFor(() => server.faults.waiting === 0, stepMs * 2);
  }
  const unused = server.faults.waiting;
  scene.heal();
  await waitFor(() => scene.truth.violations.size > 0 || scene.differences().length === 0, patienceMs);
  const differences = scene.differences();
  scene.desk.stop();
  return { differences, unused, tookMs: Date.now() - startedAt, events: scene.desk.events };
}

async function waitFor(condition: () => boolean, longestMs: number): Promise<void> {
  const giveUpAt = Date.now() + longestMs;
  while (!condition() && Date.now() < giveUpAt) await new Promise((resolve) => setTimeout(resolve, 4));
}

function recordOf({ host, port, user, password }: ImapServer): MailboxRecord {
  const imap = { host, port, security: 'none', allowPlainText: false, user, password } as const;
  return {
    revision: 1,
    address: 'support@example.test',
    displayName: 'Support',
    ownAddresses: [],
    imap,
    smtp: imap,
    certificateAuthority: null,
    sentFolder: null,
    ticketsFrom,
  };
}
