import type { Desktop } from '#main/attention/desktop.ts';
import { compose, type Desk } from '#main/compose.ts';
import { PreferencesFile } from '#main/preferences-file.ts';
import type { KeyStore } from '#main/vault/key-store.ts';
import { workerUrl } from '#test/integration/mailbox/desk-mailbox.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** A key store that guards nothing. */
const openKeyStore: KeyStore = {
  backend: () => 'basic_text',
  encrypt: (text) => Buffer.from(text),
  decrypt: (bytes) => Buffer.from(bytes).toString(),
};

/** A computer on which nobody looks. */
export const quietDesktop: Desktop = {
  showCounts: () => {},
  notify: () => {},
  clearNotifications: () => {},
  isLocked: () => false,
  openPath: () => Promise.resolve(false),
};

/** Starts the whole main process but Electron on a folder; whoever starts it closes it. */
export async function composeDesk(
  userData: string,
  laterMs = (): number => 0,
  desktop = quietDesktop,
): Promise<Desk> {
  return await compose({
    userData,
    appVersion: '1.0.0',
    keyStore: openKeyStore,
    emit: () => {},
    openExternal: () => Promise.resolve(false),
    clock: { now: () => Date.now() + laterMs() },
    workerUrl,
    log: quiet,
    preferences: await PreferencesFile.open(userData, () => {}),
    desktop,
    updateClient: null,
  });
}
