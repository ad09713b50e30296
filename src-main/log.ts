import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#shared/clock.ts';

/** What may be said of an event: ids and counts. Never letters, addresses, subjects, secrets. */
export type LogFacts = Readonly<Record<string, number | string | boolean>>;

/** Where the main process says what it does, for whoever looks for a fault later. */
export interface Log {
  info(event: string, facts?: LogFacts): void;
  warn(event: string, facts?: LogFacts): void;
  error(event: string, facts?: LogFacts): void;
}

interface FileLogOptions {
  /** Made when missing. */
  readonly dir: string;
  readonly clock: Clock;
  /** Size above which the file is put aside. */
  readonly maxBytes?: number;
  /** How many files put aside are kept. */
  readonly keep?: number;
}

/**
 * A log of JSON lines in `desk.log`, the older ones in `desk.1.log` and so on.
 *
 * Writing never stops the desk: lines go to disk behind the caller's back, and a log that cannot be written is lost.
 */
export class FileLog implements Log {
  readonly #dir: string;
  readonly #clock: Clock;
  readonly #maxBytes: number;
  readonly #keep: number;
  #lines: string[] = [];
  #writing: Promise<void> | null = null;

  constructor({ dir, clock, maxBytes = 5_000_000, keep = 4 }: FileLogOptions) {
    this.#dir = dir;
    this.#clock = clock;
    this.#maxBytes = maxBytes;
    this.#keep = keep;
  }

  info(event: string, facts?: LogFacts): void {
    this.#add('info', event, facts);
  }

  warn(event: string, facts?: LogFacts): void {
    this.#add('warn', event, facts);
  }

  error(event: string, facts?: LogFacts): void {
    this.#add('error', event, facts);
  }

  /** Resolves when everything said so far is written. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  #add(level: string, event: string, facts: LogFacts = {}): void {
    const at = new Date(this.#clock.now()).toISOString();
    this.#lines.push(`${JSON.stringify({ at, level, event, ...facts })}\n`);
    this.#writing ??= this.#write();
  }

  async #write(): Promise<void> {
    try {
      await mkdir(this.#dir, { recursive: true, mode: 0o700 });
      while (this.#lines.length > 0) {
        const lines = this.#lines;
        this.#lines = [];
        await this.#rotate();
        await appendFile(this.#path(0), lines.join(''), { mode: 0o600 });
      }
    } catch {
      // A full disk must not take the desk along; what cannot be written is dropped.
      this.#lines = [];
    }
    this.#writing = null;
  }

  async #rotate(): Promise<void> {
    const size = await stat(this.#path(0)).then(
      (file) => file.size,
      () => 0,
    );
    if (size < this.#maxBytes) return;
    for (let number = this.#keep - 1; number >= 0; number -= 1) {
      await rename(this.#path(number), this.#path(number + 1)).catch(() => {});
    }
  }

  #path(number: number): string {
    return join(this.#dir, number === 0 ? 'desk.log' : `desk.${String(number)}.log`);
  }
}
