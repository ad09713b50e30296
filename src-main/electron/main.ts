import { join } from 'node:path';
import { app, Menu, powerMonitor, session, type BrowserWindow } from 'electron';
import type { TrayCommand } from '../attention/tray-look.ts';
import { compose, type Desk } from '../compose.ts';
import { faultOf, logUncaught } from '../fault.ts';
import { FileLog } from '../log.ts';
import { PreferencesFile } from '../preferences-file.ts';
import { WindowPlaceFile } from '../windows/window-place-file.ts';
import { registerAppScheme, serveAppScheme } from './app-scheme.ts';
import { answerBridgeCalls, emitBridgeEvent } from './bridge-ipc.ts';
import { createDeskWindow, dressWindow, showWindow } from './desk-window.ts';
import { Ending } from './ending.ts';
import { guardAllContents } from './guard-contents.ts';
import { guardSession } from './guard-session.ts';
import { openExternal } from './open-external.ts';
import { openUpdater } from './open-updater.ts';
import { openSafeKeyStore } from './safe-key-store.ts';
import { revivePages } from './revive-pages.ts';
import { SystemDesktop } from './system-desktop.ts';
import { createKeeperWindow, deskPage, keeperPage } from './windows.ts';

const builtFolder = join(import.meta.dirname, '..');
const preload = join(builtFolder, 'preload/preload.cjs');
const resources = join(builtFolder, '../resources');

// Electron gives this switch to Chromium only; the desk's own files belong to the same folder.
const userDataDir = app.commandLine.getSwitchValue('user-data-dir');
if (userDataDir !== '') app.setPath('userData', userDataDir);

const userData = app.getPath('userData');
const clock = { now: () => Date.now() };
const log = new FileLog({ dir: join(userData, 'logs'), clock });
logUncaught(log);

registerAppScheme();
guardAllContents((url) => {
  openExternal(url).catch((error: unknown) => log.warn('link not opened', { fault: faultOf(error) }));
});

if (app.requestSingleInstanceLock()) {
  app.whenReady().then(start).catch(fail);
} else {
  app.quit();
}

async function start(): Promise<void> {
  Menu.setApplicationMenu(null);
  // By which Windows knows whose notifications they are; the same as in electron-builder.yml.
  app.setAppUserModelId('by.stp.console');
  guardSession(session.defaultSession);

  const ending = new Ending(log);
  const preferences = await PreferencesFile.open(userData, emitBridgeEvent);
  const desktop = new SystemDesktop(join(resources, 'tray'), preferences.value.language);
  const desk = await compose({
    userData,
    appVersion: app.getVersion(),
    keyStore: openSafeKeyStore(),
    emit: emitBridgeEvent,
    openExternal,
    clock,
    workerUrl: (name) => new URL(`./${name}.js`, import.meta.url),
    log,
    preferences,
    desktop,
    updateClient: openUpdater(ending),
  });
  answerBridgeCalls(desk.handlers, (id, call, error) =>
    log.error('bug', { id, call, fault: faultOf(error) }),
  );
  serveAppScheme(join(builtFolder, 'renderer'), (request) => desk.handleStream(request));
  ending.closeFirst(desk.close);
  const isQuitting = (): boolean => ending.hasBegun;
  // Connections that slept through are dead, though nobody has told them.
  powerMonitor.on('resume', () => desk.retryNow());

  const window = createDeskWindow({
    preload,
    title: app.getName(),
    icon: join(resources, 'icons/256x256.png'),
    preferences: () => preferences.value,
    places: new WindowPlaceFile(userData),
    isQuitting,
  });
  window.on('closed', () => app.quit());
  dressWindow(window, preferences.value);
  preferences.subscribe((changed) => {
    desktop.speak(changed.language);
    dressWindow(window, changed);
  });
  app.on('second-instance', () => showWindow(window));
  desktop.serve({
    window,
    onCommand: (command) => obey(command, window, desk),
    onWanted: (ticketId) => {
      showWindow(window);
      if (ticketId !== null) emitBridgeEvent('ticket.wanted', { ticketId });
    },
  });

  try {
    const keeper = createKeeperWindow(preload, isQuitting);
    revivePages([keeper, window], isQuitting, log);
    await loadPages(keeper, window);
  } catch (error) {
    // Pages that the end of the application overtook load no more.
    if (!isQuitting()) throw error;
  }
}

function obey(command: TrayCommand, window: BrowserWindow, desk: Desk): void {
  switch (command) {
    case 'open':
      showWindow(window);
      break;
    case 'newCall':
      showWindow(window);
      emitBridgeEvent('call.wanted', {});
      break;
    case 'retry':
      desk.retryNow();
      break;
    case 'quit':
      app.quit();
      break;
  }
}

/** Both at once: the keeper opens the cache, which the desk has nothing to show without. */
async function loadPages(keeper: BrowserWindow, window: BrowserWindow): Promise<void> {
  await Promise.all([keeper.loadURL(keeperPage), window.loadURL(deskPage)]);
}

function fail(error: unknown): void {
  process.stderr.write(`STP Console cannot start: ${faultOf(error)}\n`);
  app.exit(1);
}
