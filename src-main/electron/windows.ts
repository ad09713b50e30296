import { BrowserWindow, type BrowserWindowConstructorOptions, type WebPreferences } from 'electron';
import { appOrigin } from './app-origin.ts';

function webPreferences(preload: string): WebPreferences {
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

/** Opens the agent's window. */
export async function openDeskWindow(preload: string, title: string): Promise<BrowserWindow> {
  const options: BrowserWindowConstructorOptions = {
    title,
    width: 1400,
    height: 900,
    minWidth: 900,
    minHeight: 600,
    backgroundColor: '#ffffff',
    autoHideMenuBar: true,
    webPreferences: webPreferences(preload),
  };
  const window = new BrowserWindow(options);
  await window.loadURL(`${appOrigin}/index.html`);
  return window;
}

/**
 * Opens the hidden window whose page holds the cache worker while no desk window is open.
 *
 * It is never shown, never slowed down, and closes only when the application ends.
 */
export async function openKeeperWindow(preload: string, isQuitting: () => boolean): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    show: false,
    skipTaskbar: true,
    webPreferences: { ...webPreferences(preload), backgroundThrottling: false },
  });
  window.on('close', (event) => {
    if (!isQuitting()) event.preventDefault();
  });
  await window.loadURL(`${appOrigin}/keeper.html`);
  return window;
}
