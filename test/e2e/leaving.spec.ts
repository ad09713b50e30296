import { expect, test } from '@playwright/test';
import { askApi } from '#test/fakes/call-api.ts';
import { Agent } from './agent.ts';
import { clientLetter } from './client-letter.ts';
import { startService, type Service } from './start-service.ts';

let service: Service;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  // Longer than the test takes: what arrives was let go.
  service = await startService({ undoSendSeconds: 60 });
  // Both now: a desk that has left keeps the ingest lease until it expires, and what comes later waits for that.
  for (const [how] of leaving)
    await service.dovecot.deliver(clientLetter({ subject: subjectOf(how) }).source);
});

test.afterAll(async () => {
  await service.stop();
});

const leaving = [
  ['logs out', (agent: Agent) => agent.logOut()],
  ['quits', (agent: Agent) => agent.desk.close()],
] as const;

function subjectOf(how: string): string {
  return `Вопрос к той, кто ${how}`;
}

for (const [how, leave] of leaving) {
  test(`an answer that could still be called back leaves when its author ${how}`, async () => {
    test.setTimeout(120_000);
    const [ivanova] = service.agents;
    const anna = await Agent.arrive(service, ivanova);
    const subject = subjectOf(how);
    const before = service.smtp.accepted.length;
    await anna.open(subject);
    await anna.writeAnswer('Готово.');
    await anna.sendAnswer();
    await expect(anna.page.getByRole('group', { name: /^Ответ скоро уйдёт/u })).toBeVisible();
    expect(service.smtp.accepted).toHaveLength(before);
    await leave(anna);
    await expect.poll(() => service.smtp.accepted.length).toBe(before + 1);
    // The service knows it too, though the desk of its author is gone.
    const { accessToken } = await askApi(service.api.url, 'logIn', null, { body: service.admin });
    const { changes } = await askApi(service.api.url, 'pullChanges', accessToken, {
      query: { after: 0, limit: 1000 },
    });
    const tickets = changes.flatMap((change) => (change.entity === 'ticket' ? [change.state] : []));
    expect(tickets.find((ticket) => ticket?.subject === subject)).toMatchObject({ status: 'waiting' });
  });
}
