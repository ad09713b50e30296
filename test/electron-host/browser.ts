import type { Chromium } from './chromium.ts';
import type { DevToolsPipe, Fields } from './devtools-pipe.ts';
import { cookieDomains, toBrowserUrl, toPublicUrl } from './scheme-origin.ts';
import { tokenCookie } from './scheme-server.ts';
import type { HostSession } from './session.ts';

/** What the browser asks the owner of a page about. */
export interface TargetOwner {
  /** An event of the page's own DevTools session or of one of its frames. */
  readonly onEvent: (method: string, params: Fields, sessionId: string) => void;
  /** Whether a frame may go to an address; `frameId` is DevTools' name of it. */
  readonly allowsNavigation: (frameId: string, url: string) => boolean;
  /** A window was asked for of which no `Page.windowOpen` tells. */
  readonly onWindowAsked: (url: string) => void;
  readonly onGone: () => void;
}

interface TargetInfo {
  readonly targetId: string;
  readonly type: string;
  readonly openerId?: string;
}

interface PausedRequest {
  readonly requestId: string;
  readonly resourceType: string;
  readonly frameId?: string;
  readonly request: {
    readonly url: string;
    readonly method: string;
    readonly headers: Record<string, string>;
  };
}

const forwardedEvents = [
  'Runtime.bindingCalled',
  'Runtime.executionContextCreated',
  'Runtime.executionContextDestroyed',
  'Runtime.executionContextsCleared',
  'Page.frameNavigated',
  'Page.navigatedWithinDocument',
  'Page.frameAttached',
  'Page.frameDetached',
  'Page.domContentEventFired',
  'Page.loadEventFired',
  'Page.windowOpen',
  'Page.frameResized',
  'Inspector.targetCrashed',
];

/** All targets of one Chromium: who owns which DevTools session, and the filter that every navigation passes. */
export class Browser {
  readonly devTools: DevToolsPipe;
  readonly #session: HostSession;
  readonly #owners = new Map<string, TargetOwner>();
  readonly #pages = new Map<string, string>();
  readonly #waiting = new Map<string, (sessionId: string) => void>();
  /** What is done with the first request of a window that is refused. */
  readonly #popups = new Map<string, (url: string) => void>();
  #creating = 0;

  constructor(chromium: Chromium, session: HostSession) {
    this.devTools = chromium.devTools;
    this.#session = session;
    this.devTools.on('Target.attachedToTarget', (params, parent) => this.#attached(params, parent));
    this.devTools.on('Target.detachedFromTarget', (params) => this.#detached(String(params['sessionId'])));
    this.devTools.on('Fetch.requestPaused', (params, sessionId = '') => {
      this.#decide(params as unknown as PausedRequest, sessionId).catch(() => undefined);
    });
    this.devTools.on('Page.frameNavigated', (params, sessionId = '') => this.#popupFailed(params, sessionId));
    for (const method of forwardedEvents) {
      this.devTools.on(method, (params, sessionId = '') => {
        this.#owners.get(sessionId)?.onEvent(method, params, sessionId);
      });
    }
  }

  async start(): Promise<void> {
    const { schemes, token } = this.#session.protocol;
    const cookies = cookieDomains(schemes).map((domain) => ({
      name: tokenCookie,
      value: token,
      domain,
      path: '/',
      httpOnly: true,
      sameSite: 'Strict',
    }));
    await this.devTools.send('Storage.setCookies', { cookies });
    await this.devTools.send('Target.setAutoAttach', autoAttach);
  }

  publicUrl(url: string): string {
    return toPublicUrl(url, this.#session.protocol.schemes);
  }

  browserUrl(url: string): string {
    return toBrowserUrl(url, this.#session.protocol.schemes);
  }

  /** Opens a page that stands still before its first script; the caller lets it run. */
  async createTarget(options: Fields): Promise<{ targetId: string; sessionId: string }> {
    for (const { name, setting } of this.#session.permissionSettings()) {
      // A Chromium without the permission asks for none.
      this.devTools.post('Browser.setPermission', { permission: { name }, setting });
    }
    this.#creating += 1;
    try {
      const id = await this.#newTarget(options);
      const sessionId =
        this.#pages.get(id) ?? (await new Promise<string>((resolve) => this.#waiting.set(id, resolve)));
      return { targetId: id, sessionId };
    } finally {
      this.#creating -= 1;
    }
  }

  async #newTarget(options: Fields): Promise<string> {
    const create = (how: Fields) => this.devTools.send('Target.createTarget', { url: 'about:blank', ...how });
    // Chromium makes hidden pages only beside a window.
    const answer = await create(options).catch(async (error: unknown) => {
      if (options['hidden'] !== true) throw error;
      return await create({ background: true });
    });
    return String(answer['targetId']);
  }

  /** Gives a session to its owner and puts the request filter in front of it. */
  async own(sessionId: string, owner: TargetOwner): Promise<void> {
    this.#owners.set(sessionId, owner);
    await this.#guard(sessionId);
  }

  async #ownChild(sessionId: string, type: string, owner: TargetOwner): Promise<void> {
    if (type !== 'iframe') return;
    await this.own(sessionId, owner);
    await this.devTools.send('Page.enable', {}, sessionId);
  }

  async #guard(sessionId: string): Promise<void> {
    // Nothing but navigations: a paused request brings its whole body along, 25 MB of an upload took 2 s.
    const patterns = [{ urlPattern: '*', resourceType: 'Document' }, { urlPattern: '*/favicon.ico' }];
    await this.devTools.send('Fetch.enable', { patterns }, sessionId);
    await this.devTools.send('Target.setAutoAttach', autoAttach, sessionId);
  }

  /**
   * Ends a window that a page opened, which `setWindowOpenHandler` always refuses here.
   *
   * Closing it at once would let its first request out, because the pause ends with the session: the request is
   * failed first. A blank window asks for nothing and closes after a moment.
   *
   * A link clicked with Ctrl or the middle button makes a window without an opener, about which Electron asks as about
   * others. Its request is not seen here, only that it failed at the gate; nor is the page that it came from: the
   * oldest, which is the one with a window, is told.
   */
  #refusePopup(sessionId: string, { targetId, openerId }: TargetInfo): void {
    const close = () => this.devTools.post('Target.closeTarget', { targetId });
    let isTold = openerId !== undefined;
    this.#popups.set(sessionId, (url) => {
      close();
      if (isTold) return;
      isTold = true;
      const [oldest] = this.#pages.values();
      if (oldest !== undefined) this.#owners.get(oldest)?.onWindowAsked(url);
    });
    this.#guard(sessionId)
      .then(() => this.devTools.send('Page.enable', {}, sessionId))
      .then(() => this.devTools.send('Page.getFrameTree', {}, sessionId))
      .then(({ frameTree }) => this.#popupFailed(frameTree as Fields, sessionId))
      .then(() => this.devTools.send('Runtime.runIfWaitingForDebugger', {}, sessionId))
      .then(() => setTimeout(close, 2_000).unref())
      .catch(close);
  }

  /** The gate may be faster than the events of the page. */
  #popupFailed(holder: Fields, sessionId: string): void {
    const { unreachableUrl } = holder['frame'] as Fields;
    if (typeof unreachableUrl === 'string') this.#popups.get(sessionId)?.(this.publicUrl(unreachableUrl));
  }

  #attached(params: Fields, parentSessionId: string | undefined): void {
    const sessionId = String(params['sessionId']);
    const target = params['targetInfo'] as TargetInfo;
    const owner = parentSessionId === undefined ? undefined : this.#owners.get(parentSessionId);
    const run = () => this.devTools.post('Runtime.runIfWaitingForDebugger', {}, sessionId);
    if (owner) {
      this.#ownChild(sessionId, target.type, owner).then(run, run);
    } else if (target.openerId !== undefined || (target.type === 'page' && this.#creating === 0)) {
      this.#refusePopup(sessionId, target);
    } else if (target.type === 'page' || target.type === 'other') {
      this.#pages.set(target.targetId, sessionId);
      this.#waiting.get(target.targetId)?.(sessionId);
      this.#waiting.delete(target.targetId);
      if (this.#creating === 0) run();
    } else {
      run();
    }
  }

  #detached(sessionId: string): void {
    const owner = this.#owners.get(sessionId);
    this.#owners.delete(sessionId);
    this.#popups.delete(sessionId);
    for (const [targetId, pageSessionId] of this.#pages) {
      if (pageSessionId !== sessionId) continue;
      this.#pages.delete(targetId);
      owner?.onGone();
    }
  }

  async #decide(paused: PausedRequest, sessionId: string): Promise<void> {
    const { requestId, request, resourceType, frameId } = paused;
    const url = this.publicUrl(request.url);
    const owner = this.#owners.get(sessionId);
    const fail = (errorReason: string) =>
      this.devTools.post('Fetch.failRequest', { requestId, errorReason }, sessionId);
    const refused = this.#popups.get(sessionId);
    if (refused) {
      await this.devTools.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' }, sessionId);
      refused(url);
      return;
    }
    if (
      resourceType === 'Document' &&
      frameId !== undefined &&
      owner?.allowsNavigation(frameId, url) === false
    ) {
      fail('Aborted');
      return;
    }
    if (!(await this.#session.webRequest.allows({ url, method: request.method, resourceType }))) {
      fail('BlockedByClient');
      return;
    }
    if (url.endsWith('/favicon.ico')) {
      // Chromium asks for one, Electron does not.
      this.devTools.post('Fetch.fulfillRequest', { requestId, responseCode: 204 }, sessionId);
      return;
    }
    this.devTools.post('Fetch.continueRequest', { requestId }, sessionId);
  }
}

const autoAttach = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };
