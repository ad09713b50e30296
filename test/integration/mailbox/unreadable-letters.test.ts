import { afterAll, expect, test } from 'vitest';
import type { ReadLetter } from '#main/mailbox/frame-lines.ts';
import { ParsePool } from '#main/mailbox/parse/parse-pool.ts';
import { ScriptedImap } from '#test/fakes/imap-scripted.ts';
import { FaultedDesk, fastTimes } from '#test/faults/imap/faulted-desk.ts';
import { letter, plainServer, recordFor, RecordingPort, until, workerUrl } from './desk-mailbox.ts';

const parser = new ParsePool<ReadLetter>({ workerUrl: workerUrl('letter-json-worker'), size: 1 });

afterAll(() => parser.close());

test('a letter that can be read only after the desk was started anew is read then, and the others not once more', async () => {
  let isBroken = true;
  await using server = await ScriptedImap.start({
    letters: Array.from({ length: 30 }, (_, index) => ({
      uid: index + 1,
      source: letter(`letter ${index}`),
    })),
    omits: (uid, command) => isBroken && uid === 13 && command.includes('BODY.PEEK'),
  });
  const record = recordFor(plainServer(server));
  const desk = new FaultedDesk({
    record,
    api: new RecordingPort(),
    parser,
    random: () => 0.5,
    plant: {},
    // Before that it is left alone, so that the first desk does not try it again itself.
    times: { ...fastTimes, unreadableAgainMs: 3_000 },
  });
  const letters = () => desk.base.folder('inbox')?.letters;
  desk.start();
  await until(() => letters()?.size === 30 && desk.base.syncs.inbox > 0, 'the folder is read');
  expect(letters()?.get(13)).toBeNull();
  desk.stop();

  isBroken = false;
  const asked = server.commands.length;
  desk.start();
  await until(() => (letters()?.get(13) ?? null) !== null, 'the letter is read');
  desk.stop();
  const bodies = server.commands.slice(asked).filter((command) => command.includes('BODY.PEEK[]'));
  expect(bodies).toHaveLength(1);
  expect(bodies[0]).toMatch(/^UID FETCH 13 /u);
});
