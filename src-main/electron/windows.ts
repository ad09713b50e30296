import { BrowserWindow, type WebPreferences } from 'electron';
import { appOrigin } from './app-origin.ts';

/** What no page of the desk may do without. */
export function webPreferences(preload: string): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  };
}

/** Addresses of the two pages. */
export const deskPage = `${appOrigin}/index.html`;
export const keeperPage = `${appOrigin}/keeper.html`;

/**
 * Makes the hidden window whose page holds the cache worker while no desk window is open.
 *
 * It is never shown, never slowed down, and closes only when the application ends.
 */
export function createKeeperWindow(preload: string, isQuitting: () => boolean): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    skipTaskbar: true,
    webPreferences: { ...webPreferences(preload), backgroundThrottling: false },
  });
  window.on('close', (event) => {
    if (!isQuitting()) event.preventDefault();
  });
  return window;
}
