import { beforeEach, expect, test } from 'vitest';
import { defaultProfile } from '#shared/regulation/default-profile.ts';
import { useSettingsDrafts } from '#renderer/state/settings-drafts.ts';

const drafts = () => useSettingsDrafts.getState();

beforeEach(() => drafts().forget());

test('what is typed stays until it is dropped', () => {
  const typed = { from: defaultProfile, draft: { ...defaultProfile, version: 'typed' } };
  drafts().typeRegulation(typed);
  expect(drafts().regulation).toBe(typed);
  expect(drafts().calendar).toBeNull();
  drafts().typeRegulation(null);
  expect(drafts().regulation).toBeNull();
});

test('the next agent finds nothing of it', () => {
  drafts().typeRegulation({ from: defaultProfile, draft: defaultProfile });
  drafts().forget();
  expect(drafts()).toMatchObject({ regulation: null, calendar: null });
});
