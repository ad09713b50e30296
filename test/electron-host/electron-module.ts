import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { appFacts } from './app-facts.ts';
import { HostApp } from './app.ts';
import { HostBrowserWindow } from './browser-window.ts';
import {
  HostMenu,
  HostMenuItem,
  HostNativeImage,
  HostNotification,
  HostTray,
  nativeImage,
  nativeTheme,
  powerMonitor,
  screen,
} from './desktop.ts';
import { HostFrame } from './frame-tree.ts';
import { HostIpcMain } from './ipc-main.ts';
import { HostSafeStorage } from './safe-storage.ts';
import { HostSession } from './session.ts';
import { net } from './net-request.ts';
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
  | 'getBadgeCount'
  | 'getLocale'
  | 'getName'
  | 'getPath'
  | 'getPreferredSystemLanguages'
  | 'getVersion'
  | 'isPackaged'
  | 'isReady'
  | 'quit'
  | 'relaunch'
  | 'releaseSingleInstanceLock'
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
  | 'close'
  | 'destroy'
  | 'focus'
  | 'getBounds'
  | 'getNormalBounds'
  | 'hide'
  | 'id'
  | 'isDestroyed'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'loadURL'
  | 'maximize'
  | 'restore'
  | 'setBackgroundColor'
  | 'setBounds'
  | 'show'
  | 'unmaximize'
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
/** A host has one session; requests of the main process itself go past it. */
export const session = { defaultSession, fromPartition: (_partition: string) => defaultSession };

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

export const Menu = HostMenu;
HostMenu satisfies { setApplicationMenu(menu: null): void };
HostMenuItem satisfies new (
  options: Electron.MenuItemConstructorOptions,
) => Pick<Electron.MenuItem, 'label' | 'type'>;

export const Tray = HostTray;
HostTray satisfies new (
  image: HostNativeImage,
) => Pick<Electron.Tray, 'destroy' | 'isDestroyed' | 'setToolTip'>;

export const Notification = HostNotification;
HostNotification satisfies (new (
  options?: Electron.NotificationConstructorOptions,
) => Pick<Electron.Notification, 'body' | 'close' | 'show' | 'title'>) &
  Pick<typeof Electron.Notification, 'isSupported'>;

HostNativeImage satisfies new (path: string) => Pick<Electron.NativeImage, 'isEmpty'>;
powerMonitor satisfies Pick<Electron.PowerMonitor, 'getSystemIdleState'>;
nativeTheme satisfies Pick<
  Electron.NativeTheme,
  'shouldUseDarkColors' | 'shouldUseHighContrastColors' | 'themeSource'
>;
screen satisfies {
  getAllDisplays(): Pick<Electron.Display, 'bounds' | 'id' | 'workArea'>[];
  getPrimaryDisplay(): Pick<Electron.Display, 'bounds' | 'id' | 'workArea'>;
};
export { nativeImage, nativeTheme, net, powerMonitor, screen };

/** Of Electron's own updater electron-updater only takes its last word: that the application ends for a newer one. */
export const autoUpdater = new EventEmitter();

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
