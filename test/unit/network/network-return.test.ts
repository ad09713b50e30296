import { expect, test } from 'vitest';
import { NetworkReturn, type ServerPlace } from '#main/network/network-return.ts';
import { startGate } from '#test/fakes/start-gate.ts';
import { ManualScheduler } from '#test/integration/tickets/manual-scheduler.ts';

const api: ServerPlace = { host: 'api.example.by', port: 443 };
const mail: ServerPlace = { host: 'mail.example.by', port: 993 };

function watch() {
  let away: readonly ServerPlace[] = [];
  let there: readonly ServerPlace[] = [];
  let signs = 0;
  const watching = new NetworkReturn({
    away: () => away,
    onBack: () => (signs += 1),
    scheduler: new ManualScheduler(),
    isThere: (place) => Promise.resolve(there.includes(place)),
  });
  return async (nowAway: readonly ServerPlace[], nowThere: readonly ServerPlace[]): Promise<number> => {
    [away, there] = [nowAway, nowThere];
    await watching.look();
    return signs;
  };
}

test('a server that took no connection and takes one now is the sign', async () => {
  const look = watch();
  expect(await look([], [])).toBe(0);
  expect(await look([api, mail], [])).toBe(0);
  expect(await look([api, mail], [])).toBe(0);
  expect(await look([api, mail], [mail])).toBe(1);
  // The other one is still away.
  expect(await look([api], [])).toBe(1);
  expect(await look([api], [api])).toBe(2);
});

test('a server that takes connections and fails otherwise gives no sign, however often it is asked', async () => {
  const look = watch();
  expect(await look([api], [api])).toBe(0);
  expect(await look([api], [])).toBe(0);
  expect(await look([api], [api])).toBe(1);
  expect(await look([api], [api])).toBe(1);
});

test('a real server that comes back is noticed', async () => {
  const gate = await startGate(9);
  let signs = 0;
  const watching = new NetworkReturn({
    away: () => [{ host: '127.0.0.1', port: gate.port }],
    onBack: () => (signs += 1),
    scheduler: new ManualScheduler(),
  });
  await gate.shut();
  await watching.look();
  await gate.open();
  await watching.look();
  expect(signs).toBe(1);
  await watching.close();
  await gate.shut();
});
