import { contextBridge, ipcRenderer } from 'electron';
import type { BridgeError } from '#shared/bridge/bridge-error.ts';
import { bridgeCallChannel, bridgeEventChannel } from '#shared/bridge/channels.ts';
import type { Result } from '#shared/result.ts';

// Written in by the build from the contract, so that no schema library runs in every document.
declare const bridgeCallNames: readonly string[];
declare const bridgeEventNames: readonly string[];

const calls = new Set(bridgeCallNames);
const events = new Set(bridgeEventNames);

/** `window.bridge`; its type for pages is `Bridge` of src-shared/bridge/bridge-client.ts. */
contextBridge.exposeInMainWorld('bridge', {
  call: (name: unknown, params: unknown): Promise<Result<unknown, BridgeError>> => {
    if (typeof name !== 'string' || !calls.has(name)) {
      return Promise.resolve({ ok: false, error: { kind: 'invalid' } });
    }
    return ipcRenderer.invoke(bridgeCallChannel, name, params) as Promise<Result<unknown, BridgeError>>;
  },
  on: (name: unknown, listener: unknown): (() => void) => {
    if (typeof name !== 'string' || !events.has(name) || typeof listener !== 'function')
      return () => undefined;
    // The event object of ipcRenderer stays here: it would hand the page a way to send.
    const forward = (_event: unknown, emitted: unknown, payload: unknown) => {
      if (emitted === name) (listener as (payload: unknown) => void)(payload);
    };
    ipcRenderer.on(bridgeEventChannel, forward);
    return () => {
      ipcRenderer.removeListener(bridgeEventChannel, forward);
    };
  },
});
