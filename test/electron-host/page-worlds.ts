import { createIpcCodec } from './ipc-codec.ts';

/** The isolated world of the preload bundle; its binding exists nowhere else. */
export const preloadWorld = 'electron-preload';
export const preloadBinding = 'electronHostSend';
export const preloadReceiver = 'electronHostReceive';

type Send = (message: string) => void;
type Detail = { readonly kind: string; readonly id?: number; readonly value?: unknown };

/**
 * Joins the page's world and the preload's through events on the document that both share.
 *
 * Dispatching is synchronous and details are cloned between worlds, so a value looks as after Electron's
 * contextBridge. Functions and promises travel as numbers. `secret` keeps the events' names from the page.
 * Self-contained: its source runs in both worlds.
 */
function createWorldLink(incoming: string, outgoing: string) {
  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const promises = new Map<number, (ok: boolean, value: unknown) => void>();
  let lastId = 0;
  let reply: Detail | undefined;
  let onExpose: ((key: string, value: unknown) => void) | undefined;

  const send = (detail: Detail): Detail | undefined => {
    reply = undefined;
    document.dispatchEvent(new CustomEvent(outgoing, { detail }));
    return reply;
  };
  const settle = (id: number, ok: boolean, value: unknown) =>
    send({ kind: ok ? 'resolved' : 'rejected', id, value: encode(value) });

  function encode(value: unknown): unknown {
    if (typeof value === 'function') {
      lastId += 1;
      functions.set(lastId, value as (...args: unknown[]) => unknown);
      return { kind: 'function', id: lastId };
    }
    if (value instanceof Promise) {
      lastId += 1;
      const id = lastId;
      value.then(
        (result: unknown) => settle(id, true, result),
        (error: unknown) => settle(id, false, error),
      );
      return { kind: 'promise', id };
    }
    if (value instanceof Error) return { kind: 'error', value: value.message };
    if (Array.isArray(value)) return { kind: 'list', value: value.map(encode) };
    if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
      return {
        kind: 'record',
        value: Object.fromEntries(Object.entries(value).map(([key, field]) => [key, encode(field)])),
      };
    }
    return { kind: 'plain', value };
  }

  function decode(encoded: unknown): unknown {
    const { kind, id = 0, value } = encoded as Detail;
    if (kind === 'function') {
      return (...args: unknown[]) => {
        const answer = send({ kind: 'call', id, value: args.map(encode) });
        if (answer?.kind === 'thrown') throw decode(answer.value);
        return answer === undefined ? undefined : decode(answer.value);
      };
    }
    if (kind === 'promise') {
      return new Promise((resolve, reject) => {
        promises.set(id, (ok, result) => (ok ? resolve(result) : reject(result)));
      });
    }
    if (kind === 'error') return new Error(String(value));
    if (kind === 'list') return (value as unknown[]).map(decode);
    if (kind === 'record') {
      return Object.fromEntries(Object.entries(value as object).map(([key, field]) => [key, decode(field)]));
    }
    return value;
  }

  document.addEventListener(incoming, (event) => {
    const { kind, id = 0, value } = (event as CustomEvent<Detail>).detail;
    if (kind === 'call') {
      try {
        const result = functions.get(id)?.(...(value as unknown[]).map(decode));
        send({ kind: 'returned', value: encode(result) });
      } catch (error) {
        send({ kind: 'thrown', value: encode(error) });
      }
    } else if (kind === 'resolved' || kind === 'rejected') {
      promises.get(id)?.(kind === 'resolved', decode(value));
      promises.delete(id);
    } else if (kind === 'expose') {
      const [key, api] = value as [string, unknown];
      onExpose?.(key, decode(api));
    } else {
      reply = (event as CustomEvent<Detail>).detail;
    }
  });

  return {
    expose: (key: string, api: unknown) => send({ kind: 'expose', value: [key, encode(api)] }),
    onExpose: (listener: (key: string, value: unknown) => void) => {
      onExpose = listener;
    },
  };
}

function runInPageWorld(secret: string, createLink: typeof createWorldLink) {
  if (window.top !== window) return;
  createLink(`${secret}-to-page`, `${secret}-to-preload`).onExpose((key, value) => {
    Object.defineProperty(window, key, { value: Object.freeze(value), enumerable: true });
  });
}

function runInPreloadWorld(
  secret: string,
  createLink: typeof createWorldLink,
  createCodec: typeof createIpcCodec,
  names: { readonly binding: string; readonly receiver: string },
  runPreload: (require: (name: string) => unknown, module: object, exports: object) => void,
) {
  if (window.top !== window) return;
  const link = createLink(`${secret}-to-preload`, `${secret}-to-page`);
  const codec = createCodec();
  const scope = globalThis as unknown as Record<string, unknown>;
  const send = scope[names.binding] as Send;
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const listeners = new Map<string, Set<(event: object, ...args: unknown[]) => void>>();
  let lastId = 0;

  scope[names.receiver] = (messages: readonly string[]) => {
    for (const message of messages) {
      const [kind, target, value] = codec.decode(message) as [string, number | string, unknown];
      if (kind === 'event') {
        for (const listener of listeners.get(String(target)) ?? []) listener({}, ...(value as unknown[]));
        continue;
      }
      const call = waiting.get(Number(target));
      waiting.delete(Number(target));
      if (kind === 'result') call?.resolve(value);
      else call?.reject(new Error(String(value)));
    }
  };

  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        send(codec.encode(['invoke', channel, lastId, args]));
      }),
    send: (channel: string, ...args: unknown[]) => send(codec.encode(['send', channel, 0, args])),
    on: (channel: string, listener: (event: object, ...args: unknown[]) => void) => {
      const known = listeners.get(channel) ?? new Set();
      listeners.set(channel, known.add(listener));
      return ipcRenderer;
    },
    removeListener: (channel: string, listener: (event: object, ...args: unknown[]) => void) => {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
  };
  const contextBridge = { exposeInMainWorld: (key: string, api: unknown) => void link.expose(key, api) };
  const module = { exports: {} };
  const require = (name: string) => {
    if (name === 'electron' || name === 'electron/renderer') return { contextBridge, ipcRenderer };
    throw new Error(`A sandboxed preload cannot require ${name}.`);
  };
  runPreload(require, module, module.exports);
}

/** The script for the page's own world: runs before any of the page's, and before the preload's. */
export function pageWorldSource(secret: string): string {
  return `(${runInPageWorld.toString()})(${JSON.stringify(secret)}, ${createWorldLink.toString()})`;
}

/** The script for the preload's world, around the text of the preload bundle. */
export function preloadWorldSource(secret: string, preload: string): string {
  const names = JSON.stringify({ binding: preloadBinding, receiver: preloadReceiver });
  const bundle = `(require, module, exports) => {${preload}\n}`;
  const codec = createIpcCodec.toString();
  return `(${runInPreloadWorld.toString()})(${JSON.stringify(secret)}, ${createWorldLink.toString()}, ${codec}, ${names}, ${bundle})`;
}
