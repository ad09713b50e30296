import { appOrigin } from './app-origin.ts';

/** True when a call comes from the top frame of one of the desk's own pages. */
export function isTrustedFrame(frame: { readonly origin: string; readonly parent: unknown } | null): boolean {
  return frame !== null && frame.parent === null && frame.origin === appOrigin;
}
