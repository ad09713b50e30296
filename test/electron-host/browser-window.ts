import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, Rectangle } from 'electron';
import type { Browser } from './browser.ts';
import type { HostNativeImage } from './desktop.ts';
import type { Fields } from './devtools-pipe.ts';
import type { HostIpcMain } from './ipc-main.ts';
import type { HostSession } from './session.ts';
import { createPreventableEvent, HostWebContents } from './web-contents.ts';

/** What every window of this process shares. */
export interface WindowSurroundings {
  readonly browser: () => Browser;
  readonly session: HostSession;
  readonly ipcMain: HostIpcMain;
  readonly onContents: (contents: HostWebContents) => void;
}

const windows = new Set<HostBrowserWindow>();
let surroundings: WindowSurroundings | undefined;
let lastWindowId = 0;

/** Called once by the host, before the application can make windows. */
export function surroundWindows(given: WindowSurroundings): void {
  surroundings = given;
}

/** Electron's BrowserWindow: one page in one window; made with `show: false` it has no window at all. */
export class HostBrowserWindow extends EventEmitter {
  readonly id: number;
  readonly webContents: HostWebContents;
  #visible: boolean;
  #title: string;
  /** As far as is known: the browser tells only afterwards. */
  #bounds: Rectangle;
  #isMaximized = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    if (!surroundings) throw new Error('Cannot create BrowserWindow before app is ready');
    const { session, ipcMain, browser, onContents } = surroundings;
    lastWindowId += 1;
    this.id = lastWindowId;
    this.#visible = options.show !== false;
    this.#title = options.title ?? '';
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    this.webContents = new HostWebContents({
      browser: browser(),
      session,
      ipcMain,
      preload: options.webPreferences?.preload,
      targetOptions: this.#visible ? { newWindow: true, left: x, top: y, width, height } : { hidden: true },
    });
    windows.add(this);
    this.webContents.on('host-resized', () => void this.#noticeBounds().catch(() => {}));
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show', {}));
    this.webContents.once('destroyed', () => {
      windows.delete(this);
      this.emit('closed');
    });
    onContents(this.webContents);
  }

  static getAllWindows(): HostBrowserWindow[] {
    return [...windows];
  }

  static fromWebContents(contents: HostWebContents | undefined): HostBrowserWindow | null {
    return [...windows].find((window) => window.webContents === contents) ?? null;
  }

  static fromId(id: number): HostBrowserWindow | null {
    return [...windows].find((window) => window.id === id) ?? null;
  }

  static getFocusedWindow(): HostBrowserWindow | null {
    return [...windows].find((window) => window.isVisible()) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  isDestroyed(): boolean {
    return this.webContents.isDestroyed();
  }

  isVisible(): boolean {
    return this.#visible;
  }

  isMinimized(): boolean {
    return false;
  }

  /** A window made hidden has no place on the screen; it only counts as shown. */
  show(): void {
    this.#visible = true;
    this.focus();
  }

  hide(): void {
    this.#visible = false;
  }

  restore(): void {}

  focus(): void {
    this.webContents.focus();
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  getTitle(): string {
    return this.#title;
  }

  /** Where it is when it is not maximised. */
  getNormalBounds(): Rectangle {
    return { ...this.#bounds };
  }

  getBounds(): Rectangle {
    return { ...this.#bounds };
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    const { x: left, y: top, width, height } = this.#bounds;
    this.#setInBrowser({ left, top, width, height });
    this.emit('resize');
    this.emit('move');
  }

  isMaximized(): boolean {
    return this.#isMaximized;
  }

  maximize(): void {
    this.#isMaximized = true;
    this.#setInBrowser({ windowState: 'maximized' });
    this.emit('maximize');
  }

  unmaximize(): void {
    this.#isMaximized = false;
    this.#setInBrowser({ windowState: 'normal' });
    this.emit('unmaximize');
  }

  /** The browser paints white until the page does. */
  setBackgroundColor(_color: string): void {}

  setOverlayIcon(_overlay: HostNativeImage | null, _description: string): void {}

  setMenuBarVisibility(_visible: boolean): void {}

  /** Returns false when a listener of `close` keeps the window. */
  close(): boolean {
    const event = createPreventableEvent();
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    this.webContents.close();
    return true;
  }

  destroy(): void {
    this.webContents.close();
  }

  #setInBrowser(bounds: Fields): void {
    this.#windowId()
      .then((windowId) =>
        surroundings?.browser().devTools.send('Browser.setWindowBounds', { windowId, bounds }),
      )
      // A hidden page has no window.
      .catch(() => {});
  }

  async #windowId(): Promise<unknown> {
    await this.webContents.ready;
    const { targetId } = this.webContents;
    return (await surroundings?.browser().devTools.send('Browser.getWindowForTarget', { targetId }))?.[
      'windowId'
    ];
  }

  /** Somebody has moved the window's edges. */
  async #noticeBounds(): Promise<void> {
    const { targetId } = this.webContents;
    const answer = await surroundings?.browser().devTools.send('Browser.getWindowForTarget', { targetId });
    const { left, top, width, height, windowState } = (answer?.['bounds'] ?? {}) as Fields;
    this.#isMaximized = windowState === 'maximized';
    if (this.#isMaximized || typeof width !== 'number' || typeof height !== 'number') return;
    this.#bounds = { x: Number(left ?? 0), y: Number(top ?? 0), width, height };
    this.emit('resize');
  }
}
