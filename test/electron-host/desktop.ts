import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import type { MenuItemConstructorOptions, NotificationConstructorOptions, Rectangle } from 'electron';

/*
 * The parts of Electron that belong to the desktop around the windows. A host has no tray and no task bar: what is given to
 * them is kept, so that the application behaves as with them, and tests can look at it.
 */

/** Electron's NativeImage: knows its file, shows nothing. */
export class HostNativeImage {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  isEmpty(): boolean {
    return !existsSync(this.#path);
  }
}

export const nativeImage = {
  createFromPath: (path: string) => new HostNativeImage(path),
  createEmpty: () => new HostNativeImage(''),
};

/** One entry of a menu. */
export class HostMenuItem {
  readonly label: string;
  readonly type: NonNullable<MenuItemConstructorOptions['type']>;
  readonly click: () => void;

  constructor({ label = '', type = 'normal', click }: MenuItemConstructorOptions) {
    this.label = label;
    this.type = type;
    // Electron's own signature names the window and the key event, of which a host has none.
    this.click = () => (click as (() => void) | undefined)?.();
  }
}

/** A menu that nobody sees; the browser has its own. */
export class HostMenu {
  readonly items: readonly HostMenuItem[];

  constructor(items: readonly HostMenuItem[] = []) {
    this.items = items;
  }

  static buildFromTemplate(template: readonly MenuItemConstructorOptions[]): HostMenu {
    return new HostMenu(template.map((options) => new HostMenuItem(options)));
  }

  static setApplicationMenu(_menu: null): void {}
}

/** Electron's Tray, out of sight. */
export class HostTray extends EventEmitter {
  #isDestroyed = false;

  constructor(_image: HostNativeImage) {
    super();
  }

  setImage(_image: HostNativeImage): void {}

  setToolTip(_text: string): void {}

  setContextMenu(_menu: HostMenu | null): void {}

  destroy(): void {
    this.#isDestroyed = true;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }
}

/** Electron's Notification through the desktop's `notify-send`, where it has one; a click there is not heard. */
export class HostNotification extends EventEmitter {
  title: string;
  body: string;

  constructor({ title = '', body = '' }: NotificationConstructorOptions = {}) {
    super();
    this.title = title;
    this.body = body;
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    const child = spawn('notify-send', ['--', this.title, this.body], { stdio: 'ignore', detached: true });
    child.on('error', () => this.emit('failed', {}, 'notify-send is not here'));
    child.on('spawn', () => {
      child.unref();
      this.emit('show', {});
    });
  }

  close(): void {
    this.emit('close', {});
  }
}

/** Electron's powerMonitor: a host hears nothing of sleep and locks by itself. */
class HostPowerMonitor extends EventEmitter {
  getSystemIdleState(_idleThreshold: number): 'unknown' {
    return 'unknown';
  }
}
export const powerMonitor = new HostPowerMonitor();

/** Electron's nativeTheme over a desktop of which nothing is known. */
class HostNativeTheme extends EventEmitter {
  readonly shouldUseHighContrastColors = false;
  #source: 'system' | 'light' | 'dark' = 'system';

  get themeSource(): 'system' | 'light' | 'dark' {
    return this.#source;
  }

  set themeSource(source) {
    if (source === this.#source) return;
    this.#source = source;
    this.emit('updated', {});
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }
}
export const nativeTheme = new HostNativeTheme();

/** Without a real screen Chromium has one of its own; windows larger than that are as good as on a large one. */
const display = {
  id: 1,
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  workArea: { x: 0, y: 0, width: 1920, height: 1040 },
} satisfies { id: number; bounds: Rectangle; workArea: Rectangle };

class HostScreen extends EventEmitter {
  getPrimaryDisplay(): typeof display {
    return display;
  }

  getAllDisplays(): (typeof display)[] {
    return [display];
  }
}
export const screen = new HostScreen();
