import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import type { Browser } from './browser.ts';
import type { Fields } from './devtools-pipe.ts';
import { FrameTree } from './frame-tree.ts';
import type { HostFrame } from './frame-tree.ts';
import { createIpcCodec } from './ipc-codec.ts';
import type { HostIpcMain } from './ipc-main.ts';
import {
  pageWorldSource,
  preloadBinding,
  preloadReceiver,
  preloadWorld,
  preloadWorldSource,
} from './page-worlds.ts';
import type { HostSession } from './session.ts';

interface OpenDetails {
  readonly url: string;
  readonly frameName: string;
  readonly features: string;
  readonly disposition: string;
}

interface PreventableEvent {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

/** What a page is made of. */
export interface ContentsParts {
  readonly browser: Browser;
  readonly session: HostSession;
  readonly ipcMain: HostIpcMain;
  readonly preload: string | undefined;
  readonly targetOptions: Fields;
}

const codec = createIpcCodec();
let lastContentsId = 0;

export function createPreventableEvent(): PreventableEvent {
  let prevented = false;
  return {
    get defaultPrevented() {
      return prevented;
    },
    preventDefault() {
      prevented = true;
    },
  };
}

/** One page: Electron's WebContents over a DevTools session. */
export class HostWebContents extends EventEmitter {
  readonly id: number;
  readonly session: HostSession;
  /** Settles when the page stands still before its first script, ready to be sent somewhere. */
  readonly ready: Promise<void>;
  readonly #parts: ContentsParts;
  readonly #contexts = new Map<number, { readonly uniqueId: string; readonly frameId: string }>();
  readonly #outbox = new Map<string, string[]>();
  #frames = new FrameTree('', (url) => url);
  #targetId = '';
  #sessionId = '';
  #openHandler: ((details: OpenDetails) => { action: string }) | undefined;
  #ownNavigation: string | undefined;
  #destroyed = false;

  constructor(parts: ContentsParts) {
    super();
    lastContentsId += 1;
    this.id = lastContentsId;
    this.session = parts.session;
    this.#parts = parts;
    this.ready = this.#open();
  }

  get mainFrame(): HostFrame {
    return this.#frames.main;
  }

  get targetId(): string {
    return this.#targetId;
  }

  getURL(): string {
    return this.#frames.main.url;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  /** Resolves at the load event; rejects when there is nothing to load. */
  async loadURL(url: string): Promise<void> {
    await this.ready;
    const loaded = new Promise<void>((resolve) => this.once('did-finish-load', resolve));
    this.#ownNavigation = url;
    const answer = await this.#send('Page.navigate', { url: this.#parts.browser.browserUrl(url) });
    if (typeof answer['errorText'] === 'string') throw new Error(`${answer['errorText']} loading '${url}'`);
    await loaded;
  }

  reload(): void {
    this.#ownNavigation = this.getURL();
    this.#parts.browser.devTools.post('Page.reload', {}, this.#sessionId);
  }

  /** Sends to the preload of the main frame; a page without one hears nothing. */
  send(channel: string, ...args: unknown[]): void {
    for (const { uniqueId, frameId } of this.#contexts.values()) {
      if (frameId === this.#targetId) this.#post(uniqueId, codec.encode(['event', channel, args]));
    }
  }

  setWindowOpenHandler(handler: (details: OpenDetails) => { action: string }): void {
    this.#openHandler = handler;
  }

  async executeJavaScript(expression: string): Promise<unknown> {
    const options = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.#send('Runtime.evaluate', options);
    if (exceptionDetails) throw new Error('Script failed to execute');
    return (result as Fields)['value'];
  }

  focus(): void {
    this.#parts.browser.devTools.post('Page.bringToFront', {}, this.#sessionId);
  }

  /** Ends the page without asking it. */
  close(): void {
    this.ready
      .then(() => this.#parts.browser.devTools.post('Target.closeTarget', { targetId: this.#targetId }))
      .catch(() => this.#gone());
  }

  async #open(): Promise<void> {
    const { browser, preload, targetOptions } = this.#parts;
    const { targetId, sessionId } = await browser.createTarget(targetOptions);
    this.#targetId = targetId;
    this.#sessionId = sessionId;
    this.#frames = new FrameTree(targetId, (url) => browser.publicUrl(url));
    await browser.own(sessionId, {
      onEvent: (method, params, from) => this.#onEvent(method, params, from),
      allowsNavigation: (frameId, url) => this.#allowsNavigation(frameId, url),
      onWindowAsked: (url) => {
        this.#openHandler?.({ url, frameName: '', features: '', disposition: 'background-tab' });
      },
      onGone: () => this.#gone(),
    });
    await this.#send('Page.enable');
    await this.#send('Runtime.enable');
    if (preload !== undefined) {
      const secret = randomUUID();
      await this.#send('Runtime.addBinding', { name: preloadBinding, executionContextName: preloadWorld });
      const addScript = 'Page.addScriptToEvaluateOnNewDocument';
      await this.#send(addScript, { source: pageWorldSource(secret) });
      const source = preloadWorldSource(secret, await readFile(preload, 'utf8'));
      await this.#send(addScript, { source, worldName: preloadWorld });
    }
    await this.#send('Runtime.runIfWaitingForDebugger');
  }

  #send(method: string, params: Fields = {}): Promise<Fields> {
    return this.#parts.browser.devTools.send(method, params, this.#sessionId);
  }

  #onEvent(method: string, params: Fields, sessionId: string): void {
    // A frame in a process of its own tells where it is, and when it has loaded, which is not the page's affair.
    const isOfFrames =
      (method.startsWith('Page.frame') && method !== 'Page.frameResized') ||
      method === 'Page.navigatedWithinDocument';
    if (sessionId !== this.#sessionId && !isOfFrames && method !== 'Page.windowOpen') return;
    if (method === 'Runtime.bindingCalled') this.#onMessage(params);
    else if (method === 'Runtime.executionContextCreated') this.#onContext(params['context'] as Fields);
    else if (method === 'Runtime.executionContextDestroyed') {
      this.#contexts.delete(Number(params['executionContextId']));
    } else if (method === 'Runtime.executionContextsCleared') this.#contexts.clear();
    else if (method === 'Page.frameAttached') {
      this.#frames.attached(String(params['frameId']), String(params['parentFrameId']));
    } else if (method === 'Page.frameDetached' && params['reason'] === 'remove') {
      this.#frames.detached(String(params['frameId']));
    } else if (method === 'Page.frameNavigated') this.#onNavigated(params['frame'] as Fields);
    else if (method === 'Page.navigatedWithinDocument') {
      this.#frames.navigated(String(params['frameId']), undefined, String(params['url']));
    } else if (method === 'Page.domContentEventFired') this.emit('dom-ready', {});
    else if (method === 'Page.loadEventFired' && this.getURL() !== 'about:blank')
      this.emit('did-finish-load', {});
    else if (method === 'Page.windowOpen') this.#onWindowOpen(params);
    else if (method === 'Page.frameResized') this.emit('host-resized');
    else if (method === 'Inspector.targetCrashed')
      this.emit('render-process-gone', {}, { reason: 'crashed' });
  }

  #onNavigated(frame: Fields): void {
    const id = String(frame['id']);
    const parentId = typeof frame['parentId'] === 'string' ? frame['parentId'] : undefined;
    this.#frames.navigated(id, parentId, String(frame['url']));
    if (id === this.#targetId) this.emit('did-navigate', {}, this.getURL());
  }

  #onContext(context: Fields): void {
    if (context['name'] !== preloadWorld) return;
    const frameId = String((context['auxData'] as Fields)['frameId']);
    this.#contexts.set(Number(context['id']), { uniqueId: String(context['uniqueId']), frameId });
  }

  #onWindowOpen(params: Fields): void {
    this.#openHandler?.({
      url: this.#parts.browser.publicUrl(String(params['url'])),
      frameName: String(params['windowName']),
      features: (params['windowFeatures'] as string[]).join(','),
      disposition: 'foreground-tab',
    });
  }

  /**
   * What the application itself loads is not asked about, as in Electron.
   *
   * Nor is the same address once more: DevTools does not say who reloads, and Electron asks only when the page does.
   */
  #allowsNavigation(frameId: string, url: string): boolean {
    const isMainFrame = frameId === this.#targetId;
    if (isMainFrame && (this.#ownNavigation === url || this.getURL() === url)) {
      this.#ownNavigation = undefined;
      return true;
    }
    const event = Object.assign(createPreventableEvent(), { url, isMainFrame });
    const frameEvent = Object.assign(createPreventableEvent(), { url, isMainFrame });
    this.emit('will-frame-navigate', frameEvent);
    if (isMainFrame) this.emit('will-navigate', event, url);
    return !event.defaultPrevented && !frameEvent.defaultPrevented;
  }

  #onMessage(params: Fields): void {
    if (params['name'] !== preloadBinding) return;
    const context = this.#contexts.get(Number(params['executionContextId']));
    if (!context) return;
    const [kind, channel, id, args] = codec.decode(String(params['payload'])) as [
      string,
      string,
      number,
      unknown[],
    ];
    const event = {
      sender: this,
      senderFrame: this.#frames.find(context.frameId) ?? null,
      frameId: 1,
      processId: this.id,
    };
    if (kind === 'send') {
      this.#parts.ipcMain.emit(channel, event, ...args);
      return;
    }
    this.#parts.ipcMain.invoke(channel, event, args).then(
      (value) => this.#post(context.uniqueId, codec.encode(['result', id, value])),
      (error: unknown) => {
        const message = `Error invoking remote method '${channel}': ${String(error)}`;
        this.#post(context.uniqueId, codec.encode(['error', id, message]));
      },
    );
  }

  /** All messages of one turn go in one DevTools command. */
  #post(uniqueContextId: string, message: string): void {
    const queued = this.#outbox.get(uniqueContextId);
    if (queued) {
      queued.push(message);
      return;
    }
    this.#outbox.set(uniqueContextId, [message]);
    setImmediate(() => {
      const messages = this.#outbox.get(uniqueContextId) ?? [];
      this.#outbox.delete(uniqueContextId);
      const expression = `${preloadReceiver}(${JSON.stringify(messages)})`;
      this.#parts.browser.devTools.post('Runtime.evaluate', { expression, uniqueContextId }, this.#sessionId);
    });
  }

  #gone(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.emit('destroyed', {});
  }
}
