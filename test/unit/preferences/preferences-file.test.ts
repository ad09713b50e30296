import { expect, test } from 'vitest';
import { PreferencesFile } from '#main/preferences-file.ts';
import { defaultPreferences, type Preferences } from '#shared/bridge/preferences.ts';
import { temporaryFolder } from '#test/unit/journal/journal-folder.ts';

test('what was chosen last stays, however fast one choice follows the other', async () => {
  const folder = await temporaryFolder();
  const told: unknown[] = [];
  const file = await PreferencesFile.open(folder, (_, value) => told.push(value));
  const choices = Array.from({ length: 12 }, (_, index): Preferences => ({
    ...defaultPreferences,
    language: index % 2 === 0 ? 'be' : 'en',
  }));
  const kept = await Promise.all(choices.map((choice) => file.put(choice)));
  expect(kept.filter(({ ok }) => !ok)).toEqual([]);
  expect(told).toEqual(choices);
  expect(file.value).toEqual(choices.at(-1));
  expect((await PreferencesFile.open(folder, () => {})).value).toEqual(choices.at(-1));
});
