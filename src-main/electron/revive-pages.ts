import type { BrowserWindow } from 'electron';
import type { Log } from '../log.ts';

/** Pages that go on dying are left alone: whoever looks at one sees that it is dead. */
const most = { times: 3, withinMs: 60_000 };

/**
 * Loads the desk's pages anew when the process of one of them has crashed or was killed.
 *
 * All of them: the cache worker may have lived in that process, and those who worked with it are not told. What was typed
 * is in the journal but for the last half second.
 */
export function revivePages(windows: readonly BrowserWindow[], isQuitting: () => boolean, log: Log): void {
  const revivedAt: number[] = [];
  let isDue = false;
  const revive = (): void => {
    isDue = false;
    const now = performance.now();
    const recent = revivedAt.filter((at) => now - at < most.withinMs);
    if (isQuitting() || recent.length >= most.times) return;
    revivedAt.push(now);
    for (const window of windows) if (!window.isDestroyed()) window.webContents.reload();
  };
  for (const { webContents } of windows) {
    webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit' || isQuitting()) return;
      log.error('page.gone', { reason });
      // Several that die of one cause come back together.
      if (!isDue) setTimeout(revive, 100);
      isDue = true;
    });
  }
}
