import { join } from 'node:path';
import { Value } from 'typebox/value';
import type { EmitEvent } from '#shared/bridge/bridge-client.ts';
import { defaultPreferences, PreferencesSchema, type Preferences } from '#shared/bridge/preferences.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { errorCode } from './journal/disk.ts';
import type { LocalError } from './local-kind.ts';
import { readPrivateFile, writePrivateFile } from './vault/private-file.ts';

/** What this computer's agents like. A file that cannot be read is as good as none: nothing in it is work. */
export class PreferencesFile {
  readonly #path: string;
  readonly #emit: EmitEvent;
  readonly #listeners = new Set<(value: Preferences) => void>();
  #value: Preferences;

  private constructor(path: string, emit: EmitEvent, value: Preferences) {
    this.#path = path;
    this.#emit = emit;
    this.#value = value;
  }

  static async open(userData: string, emit: EmitEvent): Promise<PreferencesFile> {
    const path = join(userData, 'preferences.json');
    return new PreferencesFile(path, emit, await read(path));
  }

  get value(): Preferences {
    return this.#value;
  }

  /** Calls with every later change. */
  subscribe(listener: (value: Preferences) => void): void {
    this.#listeners.add(listener);
  }

  /** Resolves after they are on disk and every window has been told. */
  async put(preferences: Preferences): Promise<Result<Record<string, never>, LocalError>> {
    try {
      await writePrivateFile(this.#path, `${JSON.stringify(preferences, null, 2)}\n`);
    } catch (error) {
      return err({ kind: errorCode(error) === 'ENOSPC' ? 'disk-full' : 'disk-failed' });
    }
    this.#value = preferences;
    this.#emit('preferences.changed', preferences);
    for (const listener of this.#listeners) listener(preferences);
    return ok({});
  }
}

/** What an older or newer desk has written is taken where it fits. */
async function read(path: string): Promise<Preferences> {
  try {
    const content = await readPrivateFile(path);
    if (content === null) return defaultPreferences;
    const written: unknown = JSON.parse(content.toString('utf8'));
    const merged = Value.Clean(PreferencesSchema, { ...defaultPreferences, ...Object(written) });
    return Value.Check(PreferencesSchema, merged) ? merged : defaultPreferences;
  } catch {
    return defaultPreferences;
  }
}
