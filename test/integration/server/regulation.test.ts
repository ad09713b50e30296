import { beforeAll, expect, test } from 'vitest';
import { readDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import type { LetterId, TicketId } from '#shared/ids.ts';
import type { PutRegulation } from '#shared/protocol/put-regulation.ts';
import { defaultCategories } from '#shared/regulation/category.ts';
import { defaultProfile } from '#shared/regulation/default-profile.ts';
import type { Activity } from '#shared/ticket/activity.ts';
import { askApi, callApi } from '#test/fakes/call-api.ts';
import {
  answerTo,
  ingest,
  newTicket,
  operation,
  push,
  readFeed,
  readTicket,
  type Agent,
} from './desk-steps.ts';
import { newService, onBothEngines } from './on-both-engines.ts';

const shipped = {
  profile: defaultProfile,
  categories: [...defaultCategories],
  calendar: readDefaultCalendar(),
};

/** Monday 16.11.2026 10:00 in Minsk; by the regulation due on Thursday at 18:00. */
const monday = Date.UTC(2026, 10, 16, 7);
const thursdayEvening = Date.UTC(2026, 10, 19, 15);
const fridayEvening = Date.UTC(2026, 10, 20, 15);

/** The rules that ship, with Tuesday 17.11.2026 closed: what came on Monday is due a day later. */
const withClosure = {
  ...shipped,
  calendar: {
    ...shipped.calendar,
    version: 'with a closure',
    closures: [
      { from: '2026-11-17T00:00', to: '2026-11-18T00:00', source: 'приказ', status: 'confirmed' as const },
    ],
  },
};

onBothEngines('the regulation', (bench) => {
  let admin: Agent;
  let agent: Agent;

  beforeAll(async () => {
    [admin, agent] = await newService(bench, 'admin', 'agent');
  });

  const current = async () => {
    const versions = (await readFeed(bench, agent)).flatMap((change) =>
      change.entity === 'regulation' && change.state !== null ? [change.state] : [],
    );
    return versions.toSorted((a, b) => a.revision - b.revision).at(-1) ?? null;
  };
  const put = async (rules: Omit<PutRegulation, 'revision'>) =>
    await callApi(bench.api.url, 'putRegulation', admin.token, {
      body: { ...rules, revision: (await current())?.revision ?? 0 },
    });
  const preview = async (body: Omit<PutRegulation, 'revision'>) =>
    await askApi(bench.api.url, 'previewRegulation', admin.token, { body });
  const movesOf = async (ticketId: TicketId): Promise<readonly Activity[]> =>
    (await readFeed(bench, agent)).flatMap((change) =>
      change.entity === 'activity' &&
      change.state?.ticketId === ticketId &&
      change.state.operation.kind === 'move-deadline'
        ? [change.state]
        : [],
    );
  const waitingSince = async (receivedAt: number): Promise<TicketId> => {
    const [letter] = await ingest(bench, agent, { receivedAt });
    if (letter?.disposition.state !== 'ticket') throw new Error('no ticket was opened');
    return letter.disposition.ticketId;
  };

  test('moves the deadlines of those who wait, says so in their histories, and leaves closed tickets alone', async () => {
    const waiting = await waitingSince(monday);
    const closed = await waitingSince(monday);
    const answered = await waitingSince(monday);
    await push(
      bench,
      agent,
      operation(bench, 'close-ticket', closed, { outcome: 'not-a-request', reason: 'реклама' }),
      answerTo(bench, await readTicket(bench, agent, answered), {}),
    );
    const before = await readTicket(bench, agent, waiting);

    const seen = await preview(withClosure);
    expect(seen.examples.find(({ ticketId }) => ticketId === waiting)).toEqual({
      ticketId: waiting,
      number: before.number,
      from: thursdayEvening,
      to: fridayEvening,
    });
    expect(await current()).toBeNull();
    expect(await movesOf(waiting)).toEqual([]);

    const answer = await put(withClosure);
    const regulation = { ...withClosure, revision: 1, since: bench.clock.now() };
    expect(answer).toEqual({ ok: true, value: regulation });
    expect(await current()).toEqual(regulation);
    expect(await movesOf(waiting)).toEqual([
      {
        id: expect.any(String) as string,
        ticketId: waiting,
        agentId: null,
        operation: {
          id: expect.any(String) as string,
          ticketId: waiting,
          madeAt: bench.clock.now(),
          kind: 'move-deadline',
          revision: 1,
          from: thursdayEvening,
          to: fridayEvening,
        },
      },
    ]);
    expect(await movesOf(closed)).toEqual([]);
    expect(await movesOf(answered)).toEqual([]);
    expect(await readTicket(bench, agent, waiting)).toEqual(before);

    // The way back is a version like any other.
    bench.clock.advance(60_000);
    expect(await put(shipped)).toMatchObject({ ok: true, value: { revision: 2, since: bench.clock.now() } });
    expect((await movesOf(waiting)).map(({ operation: made }) => made)).toMatchObject([
      { revision: 1 },
      { revision: 2, from: fridayEvening, to: thursdayEvening },
    ]);
    // Nothing moves where nothing changed.
    expect(await preview(shipped)).toMatchObject({ moved: 0, examples: [] });
    await put(shipped);
    expect(await movesOf(waiting)).toHaveLength(2);
  });

  test('is refused where another version came between', async () => {
    const revision = (await current())?.revision ?? 0;
    expect(await put(shipped)).toMatchObject({ ok: true, value: { revision: revision + 1 } });
    const body = { ...withClosure, revision };
    expect(await callApi(bench.api.url, 'putRegulation', admin.token, { body })).toMatchObject({
      ok: false,
      status: 409,
      error: { kind: 'conflict' },
    });
    expect((await current())?.calendar).toEqual(shipped.calendar);
  });

  test('two admins at the same moment: one version', async () => {
    const revision = (await current())?.revision ?? 0;
    const answers = await Promise.all(
      [withClosure, shipped].map(
        async (rules) =>
          await callApi(bench.api.url, 'putRegulation', admin.token, { body: { ...rules, revision } }),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await current())?.revision).toBe(revision + 1);
    await put(shipped);
  });

  const quota = shipped.categories[0];
  test.each([
    [
      'a kind of work twice',
      { categories: [...shipped.categories, quota] },
      '/categories/20: duplicate-entry',
    ],
    ['a category that is missing', { categories: [quota] }, '/profile/outOfScope/category: unknown-category'],
    [
      'hours that overlap',
      {
        calendar: {
          ...shipped.calendar,
          ownHours: [
            {
              date: '2026-12-01',
              hours: [
                { opensAt: '09:00', closesAt: '13:00' },
                { opensAt: '12:00', closesAt: '18:00' },
              ],
              source: 'x',
              status: 'confirmed',
            },
          ],
        },
      },
      '/calendar/ownHours/0/hours: hours-overlap',
    ],
    [
      'a moved holiday',
      {
        calendar: {
          ...shipped.calendar,
          movedDays: [{ dayOff: '2026-12-25', workedOn: '2026-12-26', source: 'x', status: 'confirmed' }],
        },
      },
      '/calendar/movedDays/0',
    ],
    [
      'an unknown kind of answer',
      {
        profile: {
          ...defaultProfile,
          answerKinds: [...defaultProfile.answerKinds, { kind: 'x', stopsClock: true, armsClosing: false }],
        },
      },
      '/profile/answerKinds/7: unknown-answer-kind',
    ],
  ])('that contradicts itself is refused, and nothing changes: %s', async (_name, wrong, place) => {
    const before = await readFeed(bench, agent);
    const rules = { ...shipped, ...wrong } as Omit<PutRegulation, 'revision'>;
    const refused = { ok: false, status: 400, error: { kind: 'invalid' } };
    expect(await put(rules)).toMatchObject({
      ...refused,
      error: { message: expect.stringContaining(place) as string },
    });
    expect(await callApi(bench.api.url, 'previewRegulation', admin.token, { body: rules })).toMatchObject(
      refused,
    );
    expect(await readFeed(bench, agent)).toEqual(before);
  });

  test('is an admin’s to change', async () => {
    const body = { ...shipped, revision: 0 };
    expect(await callApi(bench.api.url, 'putRegulation', agent.token, { body })).toMatchObject({
      status: 403,
    });
    expect(await callApi(bench.api.url, 'previewRegulation', agent.token, { body: shipped })).toMatchObject({
      status: 403,
    });
  });

  test('who looked at a quarantined letter is noted once', async () => {
    const location = { folder: 'inbox', uidValidity: '17', uid: 900_001 } as const;
    await askApi(bench.api.url, 'ingestQuarantine', agent.token, {
      body: { location, receivedAt: monday, reason: 'unreadable' },
    });
    const find = async () =>
      (await readFeed(bench, agent)).flatMap((change) =>
        change.entity === 'letter' &&
        change.state?.disposition.state === 'quarantined' &&
        change.state.locations.some(({ uid }) => uid === location.uid)
          ? [change.state]
          : [],
      )[0];
    const letter = await find();
    if (letter === undefined) throw new Error('the letter is not quarantined');
    const review = async (token: string, id: LetterId) =>
      await callApi(bench.api.url, 'reviewLetter', token, { params: { id }, body: {} });
    expect(await review(agent.token, letter.id)).toEqual({ ok: true, value: {} });
    expect(await review(admin.token, letter.id)).toEqual({ ok: true, value: {} });
    expect((await find())?.disposition).toEqual({
      state: 'quarantined',
      reason: 'unreadable',
      reviewedBy: agent.id,
    });
    expect(await review(agent.token, `0:${'0'.repeat(64)}` as LetterId)).toMatchObject({ status: 404 });
  });

  test('tickets opened later are judged by it, and say nothing of it', async () => {
    await put(withClosure);
    const ticket = await newTicket(bench, agent);
    expect(await movesOf(ticket.id)).toEqual([]);
    await put(shipped);
  });
});
