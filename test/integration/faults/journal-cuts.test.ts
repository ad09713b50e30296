import { describe, expect, it } from 'vitest';
import { writeGroups } from '#test/faults/journal/cut-journal.ts';
import { everySeventh, judgeCuts } from '#test/faults/journal/journal-figure.ts';
import { openRealJournal, openTrustingJournal } from '#test/faults/journal/journal-readers.ts';

describe('a journal that was cut anywhere in its last records', () => {
  it('opens with what was whole, invents nothing, and goes on', async () => {
    const journal = await writeGroups(1, 30);
    expect(await judgeCuts(journal, everySeventh(journal), openRealJournal)).toEqual([]);
  });

  it('shows a reader that trusts lengths', async () => {
    const journal = await writeGroups(1, 30);
    const failures = await judgeCuts(journal, everySeventh(journal), openTrustingJournal);
    expect(failures.some((failure) => failure.includes('does not open'))).toBe(true);
    expect(failures.some((failure) => failure.includes('invented'))).toBe(true);
  });
});
