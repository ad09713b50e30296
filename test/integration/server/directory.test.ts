import { v7 as newUuid } from 'uuid';
import { beforeAll, expect, test } from 'vitest';
import type { ArticleId, BlockedSenderId, GroupId, TemplateId } from '#shared/ids.ts';
import type { Change } from '#shared/protocol/changes.ts';
import { defaultServiceSettings, type ServiceSettings } from '#shared/protocol/service-settings.ts';
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
import { newAddress, newMessageId } from './letters.ts';
import { logIn, newService, onBothEngines } from './on-both-engines.ts';

onBothEngines('what all desks have in common', (bench) => {
  let agent: Agent;
  let senior: Agent;

  beforeAll(async () => {
    [agent, senior] = await newService(bench, 'agent', 'senior');
  });

  const inFeed = async (id: string): Promise<Change | undefined> =>
    (await readFeed(bench, agent)).find((change) => change.id === id);
  const block = async (address: string, id = newUuid() as BlockedSenderId) =>
    await callApi(bench.api.url, 'putBlockedSender', agent.token, {
      params: { id },
      body: { address, reason: 'реклама' },
    });

  test('templates come to all desks, are replaced, and go; only seniors keep them', async () => {
    const params = { id: newUuid() as TemplateId };
    const body = {
      title: 'Приветствие',
      shortcut: 'привет',
      language: 'ru',
      answerKind: null,
      text: 'Здравствуйте, {{client}}!',
    } as const;
    const put = async (token: string, text: string) =>
      await callApi(bench.api.url, 'putTemplate', token, { params, body: { ...body, text } });
    expect(await put(agent.token, 'x')).toMatchObject({ status: 403 });
    expect(await put(senior.token, body.text)).toEqual({ ok: true, value: { ...body, ...params } });
    await put(senior.token, 'Добрый день!');
    expect(await inFeed(params.id)).toMatchObject({
      entity: 'template',
      state: { ...body, ...params, text: 'Добрый день!' },
    });
    await askApi(bench.api.url, 'removeTemplate', senior.token, { params });
    const gone = await inFeed(params.id);
    expect(gone).toMatchObject({ entity: 'template', state: null });
    // Removing what is not there is no error, and no news.
    await askApi(bench.api.url, 'removeTemplate', senior.token, { params });
    expect(await inFeed(params.id)).toEqual(gone);
  });

  test('articles are imported all or none, the last of one id, and leave a tombstone', async () => {
    const article = (title: string, id = newUuid() as ArticleId) => ({
      id,
      title,
      url: 'https://example.by/a',
      keywords: ['пароль'],
    });
    const [a, b] = [article('Первая'), article('Вторая')];
    const importAll = async (articles: (typeof a)[]) =>
      await callApi(bench.api.url, 'importArticles', senior.token, { body: { articles } });
    expect(await importAll([a, { ...b, url: 'ftp://example.by' }])).toMatchObject({ status: 400 });
    expect(await inFeed(a.id)).toBeUndefined();
    const again = article('Вторая, исправленная', b.id);
    expect(await importAll([a, b, again])).toMatchObject({ ok: true });
    expect(await inFeed(a.id)).toMatchObject({ entity: 'article', state: a });
    expect(await inFeed(b.id)).toMatchObject({ entity: 'article', state: again });
    await askApi(bench.api.url, 'removeArticle', senior.token, { params: { id: a.id } });
    expect(await inFeed(a.id)).toMatchObject({ entity: 'article', state: null });
    expect(await inFeed(b.id)).toMatchObject({ state: again });
  });

  test('settings are changed by one admin at a time', async () => {
    const admin = await bench.admin();
    const put = async (token: string, body: ServiceSettings) =>
      await callApi(bench.api.url, 'putSettings', token, { body });
    expect(await put(senior.token, defaultServiceSettings)).toMatchObject({ status: 403 });
    const racing = await Promise.all(
      [5, 6, 7].map(
        async (undoSendSeconds) => await put(admin, { ...defaultServiceSettings, undoSendSeconds }),
      ),
    );
    const won = racing.flatMap((answer) => (answer.ok ? [answer.value] : []));
    expect(won).toMatchObject([{ revision: 1 }]);
    const lost = racing.filter((answer) => !answer.ok);
    expect(lost).toMatchObject([
      { status: 409, error: { kind: 'conflict' } },
      { status: 409, error: { kind: 'conflict' } },
    ]);
    expect(await inFeed('service')).toMatchObject({ entity: 'settings', state: won[0] });
    const next = { ...defaultServiceSettings, undoSendSeconds: 30 };
    expect(await put(admin, { ...next, revision: 9 })).toMatchObject({ status: 409 });
    expect(await put(admin, { ...next, revision: 1 })).toMatchObject({ value: { ...next, revision: 2 } });
    expect(await inFeed('service')).toMatchObject({ state: { undoSendSeconds: 30, revision: 2 } });
  });

  test('an agent’s group is given at the start or later, by admins only, and outlives other changes', async () => {
    const admin = await bench.admin();
    const [first, second] = [newUuid() as GroupId, newUuid() as GroupId];
    const body = { name: 'Ирина', role: 'agent', password: 'a long enough password' } as const;
    const { url } = bench.api;
    const made = await askApi(url, 'createAgent', admin, {
      body: { ...body, login: 'irina', groupId: first },
    });
    expect(made.groupId).toBe(first);
    const plain = await askApi(url, 'createAgent', admin, { body: { ...body, login: 'olga' } });
    expect(plain.groupId).toBeNull();
    const params = { id: made.id };
    const change = async (given: object) => await askApi(url, 'changeAgent', admin, { params, body: given });
    expect(await change({ name: 'Ирина П.' })).toMatchObject({ groupId: first });
    expect(await change({ groupId: second })).toMatchObject({ groupId: second, name: 'Ирина П.' });
    expect(await inFeed(made.id)).toMatchObject({ entity: 'agent', state: { groupId: second } });
    expect(await change({ groupId: null })).toMatchObject({ groupId: null });
    const own = await logIn(url, 'irina', body.password);
    expect(await callApi(url, 'changeAgent', own, { params, body: { groupId: first } })).toMatchObject({
      status: 403,
    });
  });

  test('a blocked sender’s letters open no tickets any more; unblocked, the next one does', async () => {
    const from = newAddress();
    const id = newUuid() as BlockedSenderId;
    expect(await block(` ${from.toUpperCase()} `, id)).toMatchObject({
      value: { id, address: from, agentId: agent.id, reason: 'реклама' },
    });
    expect(await block(from)).toMatchObject({ value: { id } });
    // In ASCII the last one is longer than any address may be.
    for (const bad of ['nobody', '\uD800@b.by', `${'a'.repeat(285)}@${'ж.'.repeat(8)}by`]) {
      expect(await block(bad)).toMatchObject({ status: 400 });
    }
    const [ignored, other] = await ingest(bench, agent, { from }, {});
    expect(ignored?.disposition).toEqual({ state: 'ignored', reason: 'blocked-sender' });
    expect(other?.disposition.state).toBe('ticket');
    expect(await inFeed(ignored?.id ?? '')).toMatchObject({ state: { disposition: ignored?.disposition } });

    const params = { id };
    expect(await callApi(bench.api.url, 'removeBlockedSender', agent.token, { params })).toMatchObject({
      status: 403,
    });
    await askApi(bench.api.url, 'removeBlockedSender', senior.token, { params });
    expect(await inFeed(id)).toMatchObject({ entity: 'blocked-sender', state: null });
    const [next] = await ingest(bench, agent, { from });
    expect(next?.disposition.state).toBe('ticket');
  });

  test('a blocked sender still takes part in what is open, and opens nothing that was closed', async () => {
    const ticket = await newTicket(bench, agent);
    const from = ticket.client.address;
    await block(from);
    const messageId = newMessageId();
    const write = async () =>
      await ingest(bench, agent, { from, subject: `Re: [STP-${ticket.token}]`, inReplyTo: [messageId] });
    expect(await write()).toMatchObject([{ disposition: { state: 'ticket', ticketId: ticket.id } }]);
    await push(bench, agent, answerTo(bench, ticket, {}));
    expect(await write()).toMatchObject([{ disposition: { ticketId: ticket.id } }]);
    const spam = operation(bench, 'close-ticket', ticket.id, { outcome: 'not-a-request', reason: 'реклама' });
    await push(bench, agent, spam);
    expect(await write()).toMatchObject([{ disposition: { state: 'ignored', reason: 'blocked-sender' } }]);
    expect(await readTicket(bench, agent, ticket.id)).toMatchObject({ status: 'closed', letterCount: 4 });
  });
});
