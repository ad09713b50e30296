import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Value } from 'typebox/value';
import { defaultPreferences, type Preferences } from '#shared/bridge/preferences.ts';
import { LanguageSchema } from '#shared/text/language.ts';

export interface DemoOptions {
  /** Where the picture goes; null for a window. */
  readonly screenshot: string | null;
  /** Where the pictures of the README go; null for none. They speak Russian. */
  readonly pictures: string | null;
  readonly preferences: Preferences;
  readonly seed: number;
  /** Nobody writes while the demo runs. */
  readonly quiet: boolean;
}

export const usage = `usage: npm run demo [-- OPTIONS]
  --screenshot FILE     write a picture instead of opening a window
  --pictures FOLDER     write the pictures of the README
  --language ru|be|en   language of the desk (ru)
  --theme light|dark    looks of the desk (as the system has it)
  --seed NUMBER         another past; the same number gives the same (1)
  --quiet               no letters and no colleague while the demo runs`;

/** Null for arguments that make no sense. */
export function readOptions(args: readonly string[]): DemoOptions | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        screenshot: { type: 'string' },
        pictures: { type: 'string' },
        language: { type: 'string', default: 'ru' },
        theme: { type: 'string', default: 'auto' },
        seed: { type: 'string', default: '1' },
        quiet: { type: 'boolean', default: false },
      },
    });
    const { language, theme, screenshot, pictures, quiet } = values;
    const seed = Number(values.seed);
    const isKnown = theme === 'light' || theme === 'dark' || theme === 'auto';
    if (!Value.Check(LanguageSchema, language) || !isKnown || !Number.isSafeInteger(seed)) return null;
    return {
      screenshot: screenshot === undefined ? null : resolve(screenshot),
      pictures: pictures === undefined ? null : resolve(pictures),
      preferences: { ...defaultPreferences, language, colorScheme: theme },
      seed,
      quiet,
    };
  } catch {
    return null;
  }
}
