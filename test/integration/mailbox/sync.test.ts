import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDovecot, type Dovecot } from '#test/fakes/start-dovecot.ts';
import { DeskMailbox, letter, plainServer, recordFor, until } from './desk-mailbox.ts';

describe('letters of a real Dovecot', () => {
  let server: Dovecot;
  beforeAll(async () => {
    server = await startDovecot();
    for (let number = 1; number <= 150; number += 1) await server.deliver(letter(`first ${number}`));
    await server.deliver(letter('answer 1'), { folder: 'Sent' });
  });
  afterAll(async () => {
    await server.stop();
  });

  it('come newest first, then by IDLE as they arrive', async () => {
    await using desk = new DeskMailbox(recordFor(plainServer(server)));
    const reader = desk.read();
    await reader.synced('inbox');
    await reader.synced('sent');
    const inbox = reader.letters().filter(({ location }) => location.folder === 'inbox');
    expect(inbox.map(({ content }) => content.subject)).toEqual(
      Array.from({ length: 150 }, (_, index) => `first ${150 - index}`),
    );
    await server.deliver(letter('live'));
    await until(() => reader.subjects().includes('live'), 'the new letter is read');
  });
});
