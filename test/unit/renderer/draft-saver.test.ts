import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Draft } from '#shared/bridge/draft.ts';
import { DraftSaver } from '#renderer/features/compose/draft-saver.ts';
import { draft } from './sample-ticket.ts';

/** A disk that answers when it is told to. */
class Disk {
  readonly written: string[] = [];
  readonly #waiting: ((kept: boolean) => void)[] = [];
  mostAtOnce = 0;

  readonly save = async (unsaved: Draft): Promise<boolean> => {
    const kept = await new Promise<boolean>((resolve) => {
      this.#waiting.push(resolve);
      this.mostAtOnce = Math.max(this.mostAtOnce, this.#waiting.length);
    });
    if (kept) this.written.push(unsaved.text);
    return kept;
  };

  async answer(kept = true): Promise<void> {
    this.#waiting.shift()?.(kept);
    await vi.advanceTimersByTimeAsync(0);
  }
}

const typed = (text: string) => draft({ text });

describe('saving a draft', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('writes the newest text a moment after typing began, however long it goes on', async () => {
    const disk = new Disk();
    const saver = new DraftSaver(disk.save, 400);
    for (const text of ['a', 'ab', 'abc']) {
      saver.change(typed(text));
      await vi.advanceTimersByTimeAsync(150);
    }
    await disk.answer();
    expect(disk.written).toEqual(['abc']);
  });

  test('flushes at once and says whether the newest text is on disk', async () => {
    const disk = new Disk();
    const saver = new DraftSaver(disk.save, 400);
    saver.change(typed('one'));
    const flushed = saver.flush();
    await disk.answer();
    expect(await flushed).toBe(true);
    expect(disk.written).toEqual(['one']);
    expect(await saver.flush()).toBe(true);
  });

  test('never writes twice at a time, and ends with what was typed during a write', async () => {
    const disk = new Disk();
    const saver = new DraftSaver(disk.save, 400);
    saver.change(typed('one'));
    const first = saver.flush();
    saver.change(typed('two'));
    const second = saver.flush();
    await disk.answer();
    await disk.answer();
    expect(await Promise.all([first, second])).toEqual([true, true]);
    expect(disk.written).toEqual(['one', 'two']);
    expect(disk.mostAtOnce).toBe(1);
  });

  test('keeps a text that could not be written for the next try', async () => {
    const disk = new Disk();
    const saver = new DraftSaver(disk.save, 400);
    saver.change(typed('one'));
    const failed = saver.flush();
    await disk.answer(false);
    expect(await failed).toBe(false);
    const again = saver.flush();
    await disk.answer();
    expect(await again).toBe(true);
    expect(disk.written).toEqual(['one']);
  });

  test('writes nothing after the draft was thrown away', async () => {
    const disk = new Disk();
    const saver = new DraftSaver(disk.save, 400);
    saver.change(typed('one'));
    const flushed = saver.flush();
    saver.change(typed('two'));
    const abandoned = saver.abandon();
    await disk.answer();
    await Promise.all([flushed, abandoned]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(disk.written).toEqual(['one']);
  });

  test.each(['timer', 'flush'])('writes nothing that changes after the draft was sent: %s', async (by) => {
    const disk = new Disk();
    const saver = new DraftSaver(disk.save, 400);
    saver.change(typed('sent'));
    const flushed = saver.flush();
    await disk.answer();
    await flushed;
    void saver.abandon();
    saver.change(typed('sent, and more'));
    if (by === 'flush') void saver.flush();
    await vi.advanceTimersByTimeAsync(1000);
    await disk.answer();
    expect(disk.written).toEqual(['sent']);
  });
});
