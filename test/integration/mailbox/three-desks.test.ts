import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '#shared/protocol/changes.ts';
import { askApi } from '#test/fakes/call-api.ts';
import { startApi, type RunningApi } from '#test/fakes/start-api.ts';
import { startDovecot, type Dovecot } from '#test/fakes/start-dovecot.ts';
import { GreedyPort } from '#test/faults/ingest/greedy-port.ts';
import { DeskMailbox, letter, plainServer, recordFor, until } from './desk-mailbox.ts';

const count = 2_000;
const ticketsFrom = Date.UTC(2026, 10, 16);

describe('three desks on one mailbox and one API', () => {
  let server: Dovecot;
  let api: RunningApi;
  let token: string;
  beforeAll(async () => {
    server = await startDovecot();
    for (let number = 0; number < count; number += 1) {
      const answersPrevious = number % 2 === 1;
      const headers = answersPrevious ? `In-Reply-To: <letter-${number - 1}@example.test>` : '';
      const options = { internalDate: new Date(ticketsFrom + number * 1_000) };
      await server.deliver(letter(`letter ${number}`, headers), options);
    }
    api = await startApi({ database: 'postgres' });
    const body = { login: api.adminLogin, password: api.adminPassword };
    token = (await askApi(api.url, 'logIn', null, { body })).accessToken;
    const record = { ...recordFor(plainServer(server), { ticketsFrom }), revision: 0 };
    await askApi(api.url, 'putMailbox', token, { body: record });
  });
  afterAll(async () => {
    await api.close();
    await server.stop();
  });

  async function changes(): Promise<Change[]> {
    const all: Change[] = [];
    for (let after = 0; ;) {
      const page = await askApi(api.url, 'pullChanges', token, { query: { after, limit: 1_000 } });
      all.push(...page.changes);
      after = page.next;
      if (!page.more) return all;
    }
  }

  it('that ingest 2,000 letters at once make each letter one entry', async () => {
    const record = recordFor(plainServer(server), { ticketsFrom });
    const ports = [1, 2, 3].map(() => new GreedyPort(api.url, token));
    const desks = ports.map((port) => new DeskMailbox(record, { api: port }));
    try {
      await until(() => ports.every(({ isDone }) => isDone), 'every desk is done', 100_000);
    } finally {
      await Promise.all(desks.map(({ mailbox }) => mailbox.close()));
    }
    expect(ports.reduce((sum, { newLetters }) => sum + newLetters, 0)).toBe(count);
    const feed = await changes();
    const letters = feed.filter(({ entity }) => entity === 'letter');
    expect(new Set(letters.map(({ id }) => id)).size).toBe(count);
    expect(letters).toHaveLength(count);
    expect(feed.filter(({ entity }) => entity === 'ticket')).toHaveLength(count / 2);
    // They did work at the same time: more was submitted than there is.
    expect(ports.reduce((sum, { submitted }) => sum + submitted, 0)).toBeGreaterThan(count);
  });
});
