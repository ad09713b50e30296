import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { PendingChange } from '#shared/bridge/pending.ts';
import { deleteCache } from '../../e2e/launch-app.ts';
import { outboxShows, typeNote } from './desk-screen.ts';
import { Agent, wordsOf } from './do-deeds.ts';
import { KeptWork, type Deed } from './kept-work.ts';
import { KillDesk } from './kill-desk.ts';
import type { KillPlan } from './kill-plan.ts';
import type { KillWorld } from './kill-world.ts';
import type { SmallDisk } from './small-disk.ts';

export interface KillResult {
  readonly differences: readonly string[];
  /** Things that the desk had promised to keep. */
  readonly promised: number;
  /** Deeds that it said it could not keep. */
  readonly refused: number;
}

/** A desk on a small disk, from one killing to the next. */
export class KilledDesk {
  readonly #world: KillWorld;
  readonly #disk: SmallDisk;
  readonly #preload: string | null;
  #desk: KillDesk;

  private constructor(world: KillWorld, disk: SmallDisk, preload: string | null, desk: KillDesk) {
    this.#world = world;
    this.#disk = disk;
    this.#preload = preload;
    this.#desk = desk;
  }

  /** A new desk whose agent has just logged in. `preload`: see `KillDesk.start`. */
  static async arrive(world: KillWorld, disk: SmallDisk, preload: string | null = null): Promise<KilledDesk> {
    const userDataDir = join(disk.folder, 'desk');
    await rm(userDataDir, { recursive: true, force: true });
    await mkdir(userDataDir);
    const killed = new KilledDesk(world, disk, preload, await KillDesk.start(userDataDir, preload));
    await killed.#logIn();
    return killed;
  }

  /** Lets the agent work, kills the desk as planned, starts it again and looks for what was promised. */
  async run(plan: KillPlan): Promise<KillResult> {
    const work = new KeptWork();
    const differences: string[] = [];
    await this.#world.cut();
    const agent = new Agent(plan, this.#desk, this.#world.tickets, work);
    const answered = plan.deeds.length - plan.unanswered;
    for (const [index, deed] of plan.deeds.entries()) {
      if (index === plan.fullFrom) this.#disk.fill();
      if (index === answered) differences.push(...(await this.#beforeHaste(plan, work)));
      if (index < answered) await agent.do(deed);
      else await agent.doInHaste(deed);
    }
    if (plan.unanswered === 0) differences.push(...(await this.#beforeHaste(plan, work)));
    differences.push(...agent.surprises);
    await delay(plan.killAfterMs);
    await this.#desk.die(plan.death);
    await this.#damage(plan);

    differences.push(...(await this.#startBadly(plan, work)));
    this.#disk.free();
    this.#disk.unlock();
    differences.push(...(await this.#startAgain(plan, work)));
    differences.push(...(await this.#heal()));
    return { differences, promised: work.promised, refused: work.refused };
  }

  async close(): Promise<void> {
    await this.#desk.close();
  }

  async kill(): Promise<void> {
    await this.#desk.die('main');
  }

  async #damage({ cache, accident }: KillPlan): Promise<void> {
    const { userDataDir } = this.#desk;
    if (cache === 'deleted') await deleteCache(userDataDir);
    if (cache === 'damaged') await damageCache(userDataDir);
    if (accident === 'key-store-lost') await rm(join(userDataDir, 'electron-host.key'));
    if (accident === 'torn-record') await tearJournal(await this.#profile());
  }

  async #beforeHaste(plan: KillPlan, work: KeptWork): Promise<string[]> {
    if (plan.accident === 'second-instance') await this.#desk.startSecond();
    return plan.types ? await this.#type(plan, work) : [];
  }

  /** A note by the keyboard, to the ticket that gets no other. */
  async #type({ seed }: KillPlan, work: KeptWork): Promise<string[]> {
    const ticket = this.#world.tickets.at(-1);
    if (ticket === undefined) throw new Error('There is no ticket.');
    const words = `Набрано на клавиатуре: ${String(seed)} `.repeat(120).trimEnd();
    const outcome = await typeNote(this.#desk.page, ticket.subject, words);
    if (outcome !== 'kept') return [];
    for (const change of await this.#pending()) {
      if (change.kind !== 'note' || change.note.ticketId !== ticket.id) continue;
      work.note({ kind: 'note', id: change.note.id, words }, 'saved');
      return [];
    }
    return ['a typed note is shown as kept and is not there'];
  }

  /** Where the disk is still full or the agent's folder locked: the desk starts and refuses with words what it cannot keep. */
  async #startBadly(plan: KillPlan, work: KeptWork): Promise<string[]> {
    if (plan.start === 'roomy') return [];
    if (plan.start === 'still-full') this.#disk.fill();
    else this.#disk.lock(await this.#profile());
    const differences = await this.#startAgain(plan, work);
    await this.#desk.die('main');
    return differences.map((difference) => `${plan.start} at start: ${difference}`);
  }

  async #startAgain(plan: KillPlan, work: KeptWork): Promise<string[]> {
    this.#desk = await KillDesk.start(this.#desk.userDataDir, this.#preload);
    const sight = await this.#desk.sight();
    if (sight === 'log-in') {
      if (plan.accident !== 'key-store-lost') {
        return [`asks for the password; its log ends with ${await this.#lastLines()}`];
      }
      await this.#logIn();
    }
    const found = deedsOf(await this.#pending());
    const count = (...kinds: readonly Deed['kind'][]): number =>
      found.filter(({ kind }) => kinds.includes(kind)).length;
    const shown = await outboxShows(this.#desk.page, {
      letters: count('letter'),
      drafts: count('draft', 'note'),
      operations: count('operation'),
    });
    return [...work.differences({ deeds: found }), ...(shown === null ? [] : [`the outbox shows ${shown}`])];
  }

  /** Everything works again: what waits goes where it belongs, once, and what was only begun is thrown away. */
  async #heal(): Promise<string[]> {
    await this.#world.heal();
    const before = await this.#pending();
    const operations = before.flatMap((change) =>
      change.kind === 'operation' && change.operation.state.kind === 'waiting'
        ? [change.operation.operation.id]
        : [],
    );
    const letters = before.flatMap((change) => (change.kind === 'outgoing' ? [change.outgoing] : []));
    const differences: string[] = [];
    const deadline = Date.now() + 30_000;
    let left = before;
    for (;;) {
      await this.#desk.call('status.retryNow', {});
      left = await this.#pending();
      if (left.every(isSettled)) break;
      if (Date.now() > deadline)
        return [
          `does not come to rest: ${left
            .filter((change) => !isSettled(change))
            .map(describe)
            .join(', ')}`,
        ];
      await delay(100);
    }
    for (const { messageId } of letters) {
      const times = this.#world.accepted(messageId);
      if (times !== 1) differences.push(`a letter was accepted ${String(times)} times`);
    }
    const applied = new Set((await this.#world.feed()).map(({ id }): string => id));
    for (const id of operations) if (!applied.has(id)) differences.push(`the API has no operation ${id}`);
    for (const change of left) {
      if (change.kind === 'draft') await this.#desk.call('drafts.discard', { id: change.draft.id });
      if (change.kind === 'note') await this.#desk.call('notes.discard', { id: change.note.id });
      if (change.kind === 'outgoing') {
        await this.#desk.call('outgoing.decide', { id: change.outgoing.id, decision: 'dismiss' });
      }
    }
    return differences;
  }

  /**
   * What waits at the desk. An agent whose tokens the API does not know any more, because the answer with the next ones
   * was lost, logs in again and has everything.
   */
  async #pending(): Promise<readonly PendingChange[]> {
    const pending = await this.#desk.pending();
    if (pending !== null) return pending;
    await this.#logIn();
    const again = await this.#desk.pending();
    if (again === null) throw new Error('Nobody is signed in after a log-in.');
    return again;
  }

  async #logIn(): Promise<void> {
    const { login, password } = this.#world.agent;
    await this.#desk.sight();
    const entered = await this.#desk.call('session.logIn', {
      apiUrl: this.#world.service.apiUrl,
      login,
      password,
      certificateAuthority: null,
    });
    if (!entered.ok) throw new Error(`The agent is not let in: ${entered.error.kind}.`);
    await this.#desk.page.getByRole('navigation', { name: 'Страницы' }).waitFor();
  }

  /** Ids and counts only. */
  async #lastLines(): Promise<string> {
    const log = await readFile(join(this.#desk.userDataDir, 'logs/desk.log'), 'utf8');
    return log.trimEnd().split('\n').slice(-12).join('\n');
  }

  /** Where the agent's work lies. */
  async #profile(): Promise<string> {
    const profiles = join(this.#desk.userDataDir, 'profiles');
    const [name] = await readdir(profiles);
    if (name === undefined) throw new Error('There is no profile.');
    return join(profiles, name);
  }
}

/** What the main process has in hand, in the words of the deeds. Confirmed operations and sent letters are done with. */
function deedsOf(changes: readonly PendingChange[]): Deed[] {
  return changes.flatMap((change): Deed[] => {
    switch (change.kind) {
      case 'operation': {
        const { operation, state } = change.operation;
        if (state.kind !== 'waiting') return [];
        return [{ kind: 'operation', id: operation.id, words: wordsOf(operation) }];
      }
      case 'draft':
        return [{ kind: 'draft', id: change.draft.id, words: change.draft.text }];
      case 'note':
        return [{ kind: 'note', id: change.note.id, words: change.note.text }];
      case 'outgoing': {
        const { draft, state } = change.outgoing;
        return state === 'sent' ? [] : [{ kind: 'letter', id: draft.id, words: draft.text }];
      }
      case 'operation-removed':
      case 'draft-removed':
      case 'note-removed':
      case 'outgoing-removed':
        return [];
    }
  });
}

function isSettled(change: PendingChange): boolean {
  if (change.kind === 'operation') return change.operation.state.kind === 'confirmed';
  return change.kind !== 'outgoing' || change.outgoing.state === 'sent';
}

function describe(change: PendingChange): string {
  if (change.kind === 'operation')
    return `${change.operation.operation.kind} ${JSON.stringify(change.operation.state)}`;
  if (change.kind === 'outgoing') return `letter ${change.outgoing.state} ${String(change.outgoing.reason)}`;
  return change.kind;
}

/** Turns bytes over in every file of the cache. */
async function damageCache(userDataDir: string): Promise<void> {
  const folder = join(userDataDir, 'Default/IndexedDB');
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name === 'LOCK') continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    for (let at = Math.floor(bytes.length / 3); at < bytes.length; at += 997)
      bytes[at] = (bytes[at] ?? 0) ^ 0x55;
    await writeFile(path, bytes);
  }
}

/** Leaves a record behind the last one that was begun and never finished, as a power cut does. */
async function tearJournal(profile: string): Promise<void> {
  await appendFile(join(profile, 'journal'), Buffer.alloc(7, 0));
}
