import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import { WindowPlaceSchema, type WindowPlace } from './window-place.ts';

/**
 * Remembers in the user's data where the desk's window stood.
 *
 * Read before the window exists and written while it closes, both at once: a few bytes that nobody misses, so a file that
 * cannot be read or written is as good as none.
 */
export class WindowPlaceFile {
  readonly #path: string;

  constructor(userData: string) {
    this.#path = join(userData, 'window.json');
  }

  read(): WindowPlace | null {
    try {
      const written: unknown = JSON.parse(readFileSync(this.#path, 'utf8'));
      return Value.Check(WindowPlaceSchema, written) ? written : null;
    } catch {
      return null;
    }
  }

  write(place: WindowPlace): void {
    try {
      writeFileSync(this.#path, JSON.stringify(place), { mode: 0o600 });
    } catch {
      // The window opens in the middle of the screen next time.
    }
  }
}
