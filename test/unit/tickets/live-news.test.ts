import { expect, test } from 'vitest';
import { liveNews, type LiveNews } from '#main/tickets/live-news.ts';
import { ok } from '#shared/result.ts';
import { ManualScheduler } from '#test/integration/tickets/manual-scheduler.ts';

/** What is told of one stream with these bytes. */
async function newsOf(text: string): Promise<readonly LiveNews[]> {
  const stop = new AbortController();
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(text);
  };
  const told: LiveNews[] = [];
  const api = { openStream: () => Promise.resolve(ok(bytes())) };
  for await (const news of liveNews(api, new ManualScheduler(), stop.signal)) {
    told.push(news);
    if (news.type === 'cut-off') stop.abort();
  }
  return told;
}

test('heads and presence are told; what is neither, or not of its shape, is passed over', async () => {
  const present = [
    {
      agentId: '01890000-0000-7000-8000-000000000001',
      ticketId: '01890000-0000-7000-8000-000000000002',
      activity: 'viewing',
    },
  ];
  const events = [
    ['head', { epoch: 'e', head: 3 }],
    ['presence', { present }],
    ['presence', { present: [{ ...present[0], activity: 'asleep' }] }],
    ['weather', { head: 4 }],
    ['head', { head: 'x' }],
  ] as const;
  const text = events.map(([event, data]) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`).join('');
  expect(await newsOf(`: beat\n\nevent: presence\ndata: {broken\n\n${text}`)).toEqual([
    { type: 'connected' },
    { type: 'head', head: { epoch: 'e', head: 3 } },
    { type: 'presence', presence: { present } },
    { type: 'cut-off' },
  ]);
});
