import { join } from 'node:path';
import {
  app,
  Menu,
  nativeImage,
  Notification,
  powerMonitor,
  shell,
  Tray,
  type BrowserWindow,
} from 'electron';
import type { Attention } from '#shared/bridge/attention.ts';
import type { TicketId } from '#shared/ids.ts';
import type { Language } from '#shared/text/language.ts';
import type { Desktop, DesktopNotification } from '../attention/desktop.ts';
import {
  badgeCount,
  overlayDescription,
  trayCommands,
  trayPicture,
  trayTip,
  type TrayCommand,
} from '../attention/tray-look.ts';
import { sayIn } from '../attention/tray-words.ts';

/** The window that belongs to the tray, and whoever does what an agent asks for outside of it. */
interface DeskOfTray {
  readonly window: BrowserWindow;
  readonly onCommand: (command: TrayCommand) => void;
  /** The agent clicked a notification; null: it was about several tickets. */
  readonly onWanted: (ticketId: TicketId | null) => void;
}

const nothing: Attention = { overdue: 0, dueToday: 0, critical: 0, toAnswer: 0 };

/** Tray, badge, notifications and screen lock of the operating system. Make it when the app is ready. */
export class SystemDesktop implements Desktop {
  readonly #iconFolder: string;
  readonly #tray: Tray;
  #desk: DeskOfTray | null = null;
  #language: Language;
  #counts = nothing;
  #notification: Notification | null = null;
  #isLocked = false;

  constructor(iconFolder: string, language: Language) {
    this.#iconFolder = iconFolder;
    this.#language = language;
    this.#tray = new Tray(this.#picture('tray'));
    // A click is for those desktops that tell of it; the menu has the same first.
    this.#tray.on('click', () => this.#desk?.onCommand('open'));
    powerMonitor.on('lock-screen', () => {
      this.#isLocked = true;
      // Lock screens list what stands, with its content.
      this.clearNotifications();
    });
    powerMonitor.on('unlock-screen', () => (this.#isLocked = false));
    this.speak(language);
  }

  /** Until then nothing that is asked for here is done. */
  serve(desk: DeskOfTray): void {
    this.#desk = desk;
    desk.window.on('closed', () => (this.#desk = null));
  }

  speak(language: Language): void {
    this.#language = language;
    const say = sayIn(language);
    const items = trayCommands.map((command) =>
      command === null
        ? ({ type: 'separator' } as const)
        : { label: say(`tray.${command}`), click: () => this.#desk?.onCommand(command) },
    );
    this.#tray.setContextMenu(Menu.buildFromTemplate(items));
    this.showCounts(this.#counts);
  }

  showCounts(counts: Attention): void {
    this.#counts = counts;
    const say = sayIn(this.#language);
    this.#tray.setImage(this.#picture(trayPicture(counts)));
    this.#tray.setToolTip(trayTip(app.getName(), counts, say));
    if (process.platform !== 'win32') {
      app.setBadgeCount(badgeCount(counts));
      return;
    }
    const overlay = counts.overdue > 0 ? this.#picture('overlay-overdue') : null;
    this.#desk?.window.setOverlayIcon(overlay, overlayDescription(counts, say));
  }

  notify({ title, body, ticketId }: DesktopNotification): void {
    if (!Notification.isSupported()) return;
    this.clearNotifications();
    const notification = new Notification({ title, body });
    notification.on('click', () => this.#desk?.onWanted(ticketId));
    // Held until the next one: a notification that nothing refers to hears no click.
    this.#notification = notification;
    notification.show();
  }

  clearNotifications(): void {
    // One that is taken back opens nothing, even where the system still lists it.
    this.#notification?.removeAllListeners('click');
    this.#notification?.close();
    this.#notification = null;
  }

  isLocked(): boolean {
    // Linux tells of no lock, but answers whether there is one.
    return this.#isLocked || powerMonitor.getSystemIdleState(60) === 'locked';
  }

  async openPath(path: string): Promise<boolean> {
    return (await shell.openPath(path)) === '';
  }

  #picture(name: string): Electron.NativeImage {
    return nativeImage.createFromPath(join(this.#iconFolder, `${name}.png`));
  }
}
