import type { CacheCalls, WatchedViews } from './cache-views.ts';

/** A window's side of the conversation with the cache; `id` is the window's own number for the question. */
export type ToCache =
  | CallMessage
  | WatchMessage
  | { readonly type: 'acknowledge'; readonly id: number }
  | { readonly type: 'stop'; readonly id: number }
  /** The window goes away: all its watches end. */
  | { readonly type: 'bye' };

export type CallMessage = {
  readonly [Name in keyof CacheCalls]: {
    readonly type: 'call';
    readonly id: number;
    readonly name: Name;
    readonly params: CacheCalls[Name]['params'];
  };
}[keyof CacheCalls];

export type WatchMessage = {
  readonly [Name in keyof WatchedViews]: {
    readonly type: 'watch';
    readonly id: number;
    readonly name: Name;
    readonly query: WatchedViews[Name]['query'];
  };
}[keyof WatchedViews];

export type FromCache =
  | { readonly type: 'answered'; readonly id: number; readonly value: unknown }
  /** A fault of the cache; its message names no data. */
  | { readonly type: 'failed'; readonly id: number; readonly message: string }
  | { readonly type: 'seen'; readonly id: number; readonly value: unknown };
