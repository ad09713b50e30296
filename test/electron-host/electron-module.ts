import { spawn } from 'node:child_process';
import type * as Electron from 'electron';
import { appFacts } from './app-facts.ts';
import { HostApp } from './app.ts';
import { HostBrowserWindow } from './browser-window.ts';
import { HostFrame } from './frame-tree.ts';
import { HostIpcMain } from './ipc-main.ts';
import { HostSafeStorage } from './safe-storage.ts';
import { HostSession } from './session.ts';
import { HostWebContents, type ContentsParts } from './web-contents.ts';

/*
 * What `import ... from 'electron'` gives inside the host. `satisfies` ties it to electron.d.ts: a part that no longer
 * fits the real one does not compile.
 */

export const app = new HostApp(appFacts);
app satisfies Pick<
  Electron.App,
  | 'enableSandbox'
  | 'exit'
  | 'getAppPath'
  | 'getLocale'
  | 'getName'
  | 'getPath'
  | 'getPreferredSystemLanguages'
  | 'getVersion'
  | 'isPackaged'
  | 'isReady'
  | 'quit'
  | 'requestSingleInstanceLock'
  | 'setAppUserModelId'
  | 'setBadgeCount'
  | 'setPath'
  | 'whenReady'
>;

app.commandLine satisfies Pick<
  Electron.CommandLine,
  'appendSwitch' | 'getSwitchValue' | 'hasSwitch' | 'removeSwitch'
>;

export const BrowserWindow = HostBrowserWindow;
HostBrowserWindow satisfies new (
  options?: Electron.BrowserWindowConstructorOptions,
) => Pick<
  Electron.BrowserWindow,
  'close' | 'destroy' | 'focus' | 'hide' | 'id' | 'isDestroyed' | 'isVisible' | 'loadURL' | 'restore' | 'show'
>;

HostWebContents satisfies new (
  parts: ContentsParts,
) => Pick<
  Electron.WebContents,
  'close' | 'executeJavaScript' | 'focus' | 'getURL' | 'id' | 'isDestroyed' | 'loadURL' | 'reload' | 'send'
>;
HostFrame satisfies new (...parts: never[]) => Pick<Electron.WebFrameMain, 'origin' | 'url'>;

export const ipcMain = new HostIpcMain();
ipcMain satisfies Pick<Electron.IpcMain, 'removeHandler'>;

const defaultSession = new HostSession();
defaultSession satisfies Pick<
  Electron.Session,
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setPermissionRequestHandler'
  | 'setSpellCheckerEnabled'
>;
export const session = { defaultSession };

export const protocol = defaultSession.protocol;
protocol satisfies Pick<
  Electron.Protocol,
  'handle' | 'isProtocolHandled' | 'registerSchemesAsPrivileged' | 'unhandle'
>;

export const safeStorage = new HostSafeStorage(() => app.getPath('userData'));
safeStorage satisfies Pick<
  Electron.SafeStorage,
  | 'decryptString'
  | 'encryptString'
  | 'getSelectedStorageBackend'
  | 'isEncryptionAvailable'
  | 'setUsePlainTextEncryption'
>;

export const shell = {
  openExternal: openBySystem,
  /** Answers what went wrong, or nothing. */
  openPath: (path: string): Promise<string> =>
    openBySystem(path).then(
      () => '',
      (error: unknown) => String(error),
    ),
} satisfies Pick<Electron.Shell, 'openExternal' | 'openPath'>;

function openBySystem(target: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('xdg-open', [target], { stdio: 'ignore', detached: true });
    child.on('error', reject);
    child.on('spawn', () => {
      child.unref();
      resolve();
    });
  });
}

/** A host has the browser's own menus. */
export const Menu = {
  setApplicationMenu: (_menu: null): void => {},
} satisfies Pick<typeof Electron.Menu, 'setApplicationMenu'>;

const allContents = new Set<HostWebContents>();

/** Called by the host for every page that is made. */
export function announceContents(contents: HostWebContents): void {
  allContents.add(contents);
  app.emit('web-contents-created', {}, contents);
  contents.once('destroyed', () => {
    allContents.delete(contents);
    if (HostBrowserWindow.getAllWindows().length > 0) return;
    if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed');
    else app.quit();
  });
}

export const webContents = {
  getAllWebContents: () => [...allContents],
  fromId: (id: number) => [...allContents].find((contents) => contents.id === id),
  fromDevToolsTargetId: (targetId: string) =>
    [...allContents].find((contents) => contents.targetId === targetId),
};
