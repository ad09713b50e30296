import type { Cache, WatchHandle } from './cache.ts';
import type { FromCache, ToCache } from './port-messages.ts';

/** The part of a MessagePort that the conversation needs; browsers' and Node's have it both. */
export interface CachePort {
  postMessage(message: unknown, transfer: never[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  /** Sent when the other side is gone without a word. */
  addEventListener(type: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

/** Answers one window until it goes away. */
export function servePort(cache: Cache, port: CachePort): void {
  const watches = new Map<number, WatchHandle>();
  const send = (message: FromCache) => port.postMessage(message, []);
  const end = () => {
    for (const watch of watches.values()) watch.stop();
    watches.clear();
  };
  port.addEventListener('message', ({ data }) => {
    const message = data as ToCache;
    switch (message.type) {
      case 'call': {
        const { id } = message;
        cache.call(message).then(
          (value) => send({ type: 'answered', id, value }),
          (error: unknown) =>
            send({ type: 'failed', id, message: error instanceof Error ? error.name : 'Error' }),
        );
        break;
      }
      case 'watch': {
        const { id } = message;
        watches.set(
          id,
          cache.watch(message, (value) => send({ type: 'seen', id, value })),
        );
        break;
      }
      case 'acknowledge':
        watches.get(message.id)?.acknowledge();
        break;
      case 'stop':
        watches.get(message.id)?.stop();
        watches.delete(message.id);
        break;
      case 'bye':
        end();
        port.close();
        break;
    }
  });
  port.addEventListener('close', end);
  port.start();
}
