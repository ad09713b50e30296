import type { LaunchedApp } from './launch-app.ts';

/** A notification that the desk showed. */
export interface Told {
  readonly title: string;
  readonly body: string;
}

interface CaughtNotification extends Told {
  emit(event: 'click'): boolean;
}
type Caught = typeof globalThis & { caughtNotifications: CaughtNotification[] };

/** Notes notifications from now on instead of showing them on this machine. */
export async function catchNotifications({ app }: LaunchedApp): Promise<{
  readonly told: () => Promise<readonly Told[]>;
  /** Does what a click on the newest does. */
  readonly click: () => Promise<void>;
}> {
  await app.evaluate(({ Notification }) => {
    const caught: CaughtNotification[] = [];
    Object.assign(globalThis, { caughtNotifications: caught });
    Notification.prototype.show = function (this: CaughtNotification) {
      caught.push(this);
    };
  });
  return {
    told: async () =>
      await app.evaluate(() =>
        (globalThis as Caught).caughtNotifications.map(({ title, body }) => ({ title, body })),
      ),
    click: async () => {
      await app.evaluate(() => (globalThis as Caught).caughtNotifications.at(-1)?.emit('click'));
    },
  };
}
