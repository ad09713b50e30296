import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import updaterModule from 'electron-updater';
import { mayUpdate } from '../updates/may-update.ts';
import type { UpdateClient } from '../updates/update-client.ts';
import { UpdaterClient } from '../updates/updater-client.ts';
import type { Ending } from './ending.ts';

/** What makes the desk newer; null where it is no installation that may do so. */
export function openUpdater(ending: Ending): UpdateClient | null {
  const installation = {
    platform: process.platform,
    isPackaged: app.isPackaged,
    appImage: process.env['APPIMAGE'],
    packageType: resource('package-type'),
    updateConfig: resource('app-update.yml'),
  };
  if (!mayUpdate(installation)) return null;
  // Chosen by electron-updater at this first look: NSIS, AppImage or deb.
  const client = new UpdaterClient(updaterModule.autoUpdater);
  return {
    check: (feedUrl) => client.check(feedUrl),
    download: (onPercent) => client.download(onPercent),
    install: () =>
      ending.endWith(() => {
        // The newer desk may start before this process is gone, and must not take it for a running one.
        app.releaseSingleInstanceLock();
        // The desk is closed by then: only another start makes it whole again.
        client.install(() => startAgain(installation.appImage));
      }),
  };
}

/** An AppImage's own program lies where nothing is left of it when it ends. */
function startAgain(appImage: string | undefined): void {
  app.relaunch(appImage === undefined ? {} : { execPath: appImage });
  app.exit(0);
}

function resource(name: string): string {
  try {
    return readFileSync(join(process.resourcesPath, name), 'utf8');
  } catch {
    return '';
  }
}
