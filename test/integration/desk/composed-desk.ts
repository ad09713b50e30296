import { onTestFinished } from 'vitest';
import type { Desk } from '#main/compose.ts';
import { composeDesk, quietDesktop } from '#test/fakes/compose-desk.ts';

/** Starts the whole main process but Electron on a folder; it is closed after the test at the latest. */
export async function startDesk(
  userData: string,
  laterMs = (): number => 0,
  desktop = quietDesktop,
): Promise<Desk> {
  const desk = await composeDesk(userData, laterMs, desktop);
  onTestFinished(() => desk.close());
  return desk;
}
