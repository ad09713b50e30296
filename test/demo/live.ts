import type { Institution } from './institutions.ts';
import { Colleague } from './live-colleague.ts';
import { LiveClients } from './live-clients.ts';
import type { Service } from './history-operations.ts';
import type { Random } from './random.ts';

/**
 * Lets the service go on: clients write every 20 to 60 seconds and answer what is sent to them, a colleague claims and
 * answers. Ends when the answered function is called.
 */
export function startLife(
  service: Omit<Service, 'now'>,
  institutions: readonly Institution[],
  random: Random,
): () => void {
  const clients = new LiveClients(service, institutions, random);
  const colleague = new Colleague(service, institutions, random);
  const timers = new Set<NodeJS.Timeout>();
  let ended = false;
  const after = (seconds: number, run: () => Promise<void>): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      void run().catch((error: unknown) => {
        // The service closes under what is still on its way.
        if (!ended) console.error(error);
      });
    }, seconds * 1000);
    timers.add(timer);
  };
  const repeat = (least: number, most: number, run: () => Promise<void>): void => {
    if (ended) return;
    after(random.between(least, most), async () => {
      await run();
      repeat(least, most, run);
    });
  };
  service.mailbox.onSent((letter) => {
    if (!ended && random.chance(0.8)) {
      after(random.between(20, 60), async () => await clients.answer(letter));
    }
  });
  repeat(20, 60, async () => await clients.write());
  repeat(30, 60, async () => await colleague.work());
  return () => {
    ended = true;
    for (const timer of timers) clearTimeout(timer);
  };
}
