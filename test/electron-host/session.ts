import { SchemeServer } from './scheme-server.ts';

interface RequestDetails {
  readonly id: number;
  readonly url: string;
  readonly method: string;
  readonly resourceType: string;
}

type BeforeRequest = (details: RequestDetails, answer: (response: { cancel?: boolean }) => void) => void;
type PermissionCheck = (
  webContents: null,
  permission: string,
  requestingOrigin: string,
  details: { readonly isMainFrame: boolean },
) => boolean;

/** Electron's name of each permission that DevTools can set. */
const permissions: ReadonlyMap<string, string> = new Map([
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['camera', 'media'],
  ['microphone', 'media'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-write', 'clipboard-sanitized-write'],
  ['display-capture', 'display-capture'],
  ['idle-detection', 'idle-detection'],
  ['window-management', 'window-management'],
  ['storage-access', 'storage-access'],
  ['local-fonts', 'local-fonts'],
  ['nfc', 'nfc'],
]);

class WebRequest {
  #beforeRequest: BeforeRequest | undefined;
  #lastId = 0;

  onBeforeRequest(filterOrListener: object | null, listener?: BeforeRequest | null): void {
    const given = typeof filterOrListener === 'function' ? (filterOrListener as BeforeRequest) : listener;
    this.#beforeRequest = given ?? undefined;
  }

  /** Asks the listener; without one everything is allowed, as in Electron. */
  allows(request: Omit<RequestDetails, 'id'>): Promise<boolean> {
    const listener = this.#beforeRequest;
    if (!listener) return Promise.resolve(true);
    this.#lastId += 1;
    const details = { ...request, id: this.#lastId };
    return new Promise((resolve) => listener(details, ({ cancel }) => resolve(!cancel)));
  }
}

/** The default session: its protocol handlers, its request filter and its permissions. */
export class HostSession {
  readonly protocol = new SchemeServer();
  readonly webRequest = new WebRequest();
  #permissionCheck: PermissionCheck | undefined;
  #permissionRequestIsHandled = false;

  setPermissionCheckHandler(handler: PermissionCheck | null): void {
    this.#permissionCheck = handler ?? undefined;
  }

  /** Chromium asks no one in a host: requests end as the check handler says. */
  setPermissionRequestHandler(handler: unknown): void {
    this.#permissionRequestIsHandled = handler !== null;
  }

  /** No page of a host can be given a device: there is no chooser. */
  setDevicePermissionHandler(_handler: unknown): void {}

  setDisplayMediaRequestHandler(_handler: unknown): void {}

  setSpellCheckerEnabled(_enable: boolean): void {}

  /** What DevTools shall set for each permission: its Chromium name and state. */
  permissionSettings(): { readonly name: string; readonly setting: 'granted' | 'denied' }[] {
    const check = this.#permissionCheck;
    if (!check && !this.#permissionRequestIsHandled) return [];
    return [...permissions].map(([name, electronName]) => ({
      name,
      setting: check?.(null, electronName, '', { isMainFrame: true }) ? 'granted' : 'denied',
    }));
  }
}
