import { EventEmitter } from 'node:events';
import type { HostFrame } from './frame-tree.ts';

/** What a handler of a call gets besides its arguments. */
export interface IpcEvent {
  readonly sender: object;
  readonly senderFrame: HostFrame | null;
  readonly frameId: number;
  readonly processId: number;
}

type Handler = (event: IpcEvent, ...args: unknown[]) => unknown;

/** Electron's `ipcMain`. */
export class HostIpcMain extends EventEmitter {
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, handler);
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** Runs the handler of a call from a page; throws what it throws. */
  async invoke(channel: string, event: IpcEvent, args: unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return await handler(event, ...args);
  }
}
