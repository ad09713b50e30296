import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import type { ChangesFrame } from '#shared/bridge/streams.ts';
import type { WorkingTime } from '#shared/calendar/working-time.ts';
import { RegulationSchema, type Regulation } from '#shared/regulation/regulation.ts';
import { RuleBook } from '#shared/regulation/rule-book.ts';
import { readPrivateFile, writePrivateFile } from '../vault/private-file.ts';

/**
 * When the service works, by the newest regulation that the feed of changes told of.
 *
 * The feed tells of it once, and goes on behind it at the next start, so the newest version lies in a file of the profile;
 * it is on disk before the cache can know that it was told. It is no secret. Without the file, or where it cannot be
 * read, the shipped regulation holds until the next version.
 */
export class WorkingHours {
  #path: string | null = null;
  #rules = RuleBook.shipped();

  /** The working time in force; the same object until it changes. */
  get time(): WorkingTime {
    const { calendar, deadline } = this.#rules.current;
    return calendar.workingTime(deadline.shortDayMinutes);
  }

  /** Goes by what the profile in this folder was told last. */
  async follow(dir: string): Promise<void> {
    this.leave();
    this.#path = join(dir, 'regulation.json');
    const known = await readRegulation(this.#path);
    if (known !== null) this.#rules = this.#rules.with([known]);
  }

  /** Nobody is signed in. */
  leave(): void {
    this.#path = null;
    this.#rules = RuleBook.shipped();
  }

  /** Takes from a frame of the feed what concerns it. A disk that takes nothing costs the newest version at the next start. */
  async notice(frame: ChangesFrame): Promise<void> {
    const path = this.#path;
    if (path === null) return;
    if (frame.type === 'reset') {
      this.#rules = RuleBook.shipped();
      await rm(path, { force: true }).catch(() => {});
    }
    if (frame.type !== 'changes') return;
    const told = frame.changes.flatMap((change) =>
      change.entity === 'regulation' && change.state !== null ? [change.state] : [],
    );
    const before = this.#rules.current.revision;
    this.#rules = this.#rules.with(told);
    const newest = told.find(({ revision }) => revision === this.#rules.current.revision);
    if (newest === undefined || newest.revision === before) return;
    await writePrivateFile(path, JSON.stringify(newest)).catch(() => {});
  }
}

async function readRegulation(path: string): Promise<Regulation | null> {
  try {
    const written = await readPrivateFile(path);
    if (written === null) return null;
    const regulation: unknown = JSON.parse(written.toString('utf8'));
    return Value.Check(RegulationSchema, regulation) ? regulation : null;
  } catch {
    return null;
  }
}
