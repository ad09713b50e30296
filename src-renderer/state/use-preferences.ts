import { Value } from 'typebox/value';
import { create } from 'zustand';
import type { Bridge, CallResult } from '#shared/bridge/bridge-client.ts';
import { defaultPreferences, PreferencesSchema, type Preferences } from '#shared/bridge/preferences.ts';
import { follow } from './follow.ts';

const storageKey = 'stp.preferences';

interface PreferencesState {
  readonly value: Preferences;
  /** Takes effect at once; what could not be kept is undone again. */
  readonly change: (part: Partial<Preferences>) => Promise<CallResult<'preferences.put'>>;
}

let bridgeOfPage: Bridge | null = null;

/** What whoever sits at this computer likes; the same in all windows. */
export const usePreferences = create<PreferencesState>()((set, get) => ({
  value: defaultPreferences,
  change: async (part) => {
    const before = get().value;
    const value = { ...before, ...part };
    set({ value });
    if (bridgeOfPage === null) return { ok: false, error: { kind: 'internal' } };
    const kept = await bridgeOfPage.call('preferences.put', value);
    if (!kept.ok && get().value === value) set({ value: before });
    return kept;
  },
}));

/**
 * Starts with the copy that the last window left, for a first picture in the right dress, and goes on with what the main
 * process keeps.
 */
export function followPreferences(bridge: Bridge, storage: Storage): void {
  bridgeOfPage = bridge;
  const { setState, subscribe } = usePreferences;
  setState({ value: readCopy(storage) });
  subscribe(({ value }) => storage.setItem(storageKey, JSON.stringify(value)));
  follow(
    () => bridge.call('preferences.get', {}),
    (listener) => bridge.on('preferences.changed', listener),
    (value) => setState({ value }),
  );
}

function readCopy(storage: Storage): Preferences {
  try {
    const copy: unknown = JSON.parse(storage.getItem(storageKey) ?? '{}');
    const merged = Value.Clean(PreferencesSchema, { ...defaultPreferences, ...Object(copy) });
    return Value.Check(PreferencesSchema, merged) ? merged : defaultPreferences;
  } catch {
    return defaultPreferences;
  }
}
