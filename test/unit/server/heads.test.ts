import { describe, expect, test } from 'vitest';
import type { Queryable } from '#server/database/database.ts';
import { HeadReader } from '#server/feed/heads.ts';

/** A database whose answers the test gives out one by one. */
class SlowDatabase implements Queryable {
  readonly asked: ((version: number | Error) => void)[] = [];

  async query<Row extends object>(): Promise<readonly Row[]> {
    const version = await new Promise<number>((resolve, reject) => {
      this.asked.push((answer) => {
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      });
    });
    return [{ feedVersion: version, epoch: 'e', revocations: 0 }] as unknown as readonly Row[];
  }

  answer(index: number, version: number | Error): void {
    const give = this.asked[index];
    if (give === undefined) throw new Error(`query ${index} was not made`);
    give(version);
  }
}

describe('reading the heads', () => {
  test('never answers a request with what was read before it came', async () => {
    const database = new SlowDatabase();
    const reader = new HeadReader(database);
    const first = reader.read();
    const second = reader.read();
    const third = reader.read();
    expect(database.asked).toHaveLength(1);
    database.answer(0, 1);
    expect((await first).feedVersion).toBe(1);
    await expect.poll(() => database.asked.length).toBe(2);
    database.answer(1, 2);
    expect((await second).feedVersion).toBe(2);
    expect((await third).feedVersion).toBe(2);
    expect(database.asked).toHaveLength(2);
  });

  test('goes on after a failure', async () => {
    const database = new SlowDatabase();
    const reader = new HeadReader(database);
    const failing = reader.read();
    const next = reader.read();
    database.answer(0, new Error('away'));
    await expect(failing).rejects.toThrow('away');
    await expect.poll(() => database.asked.length).toBe(2);
    database.answer(1, 7);
    expect((await next).feedVersion).toBe(7);
  });
});
