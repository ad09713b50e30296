import type { Bridge } from '#shared/bridge/bridge-client.ts';

declare global {
  interface Window {
    /** Put there by the preload before any script of the page runs. */
    readonly bridge: Bridge;
  }
}

/** The way to the main process; null where the page was opened outside of the desk. */
export function windowBridge(window: Partial<Pick<Window, 'bridge'>>): Bridge | null {
  return window.bridge ?? null;
}
