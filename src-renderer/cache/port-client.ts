import type { LetterId, TicketId } from '#shared/ids.ts';
import type { CacheClient } from './cache-client.ts';
import type { CacheCalls, Profile, QueueListing, QueueRange, WatchedViews } from './cache-views.ts';
import type { CallMessage, FromCache, ToCache, WatchMessage } from './port-messages.ts';
import type { CachePort } from './serve-port.ts';

interface Asked {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A window's end of the conversation with the cache. */
export class PortClient implements CacheClient {
  readonly #port: CachePort;
  readonly #asked = new Map<number, Asked>();
  readonly #listeners = new Map<number, (value: unknown) => void>();
  #lastId = 0;

  constructor(port: CachePort) {
    this.#port = port;
    port.addEventListener('message', ({ data }) => this.#hear(data as FromCache));
    port.start();
  }

  async open(profile: Profile): Promise<void> {
    await this.#call('open', profile);
  }

  async close(): Promise<void> {
    await this.#call('close', null);
  }

  async wipe(): Promise<void> {
    await this.#call('wipe', null);
  }

  async correctClock(offsetMs: number): Promise<void> {
    await this.#call('correctClock', { offsetMs });
  }

  watchQueue(range: QueueRange, listener: (view: WatchedViews['queue']['value']) => void) {
    return this.#watch('queue', range, listener);
  }

  watchTicket(ticketId: TicketId, listener: (view: WatchedViews['ticket']['value']) => void) {
    return this.#watch('ticket', { ticketId }, listener);
  }

  watchOutbox(listener: (view: WatchedViews['outbox']['value']) => void) {
    return this.#watch('outbox', null, listener);
  }

  watchDirectory(listener: (view: WatchedViews['directory']['value']) => void) {
    return this.#watch('directory', null, listener);
  }

  watchQuarantine(listener: (letters: WatchedViews['quarantine']['value']) => void) {
    return this.#watch('quarantine', null, listener);
  }

  watchState(listener: (state: WatchedViews['state']['value']) => void) {
    return this.#watch('state', null, listener);
  }

  async letterContent(letterId: LetterId) {
    return this.#call('letterContent', { letterId });
  }

  async neighbours(ticketId: TicketId, { section, filter, order }: QueueListing) {
    return this.#call('neighbours', { ticketId, listing: { section, filter, order } });
  }

  async ahead(ticketId: TicketId, asCritical = false) {
    return this.#call('ahead', { ticketId, asCritical });
  }

  async next() {
    return this.#call('next', null);
  }

  async tags() {
    return this.#call('tags', null);
  }

  /** Ends the conversation. */
  bye(): void {
    this.#send({ type: 'bye' });
    this.#port.close();
  }

  async #call<Name extends keyof CacheCalls>(
    name: Name,
    params: CacheCalls[Name]['params'],
  ): Promise<CacheCalls[Name]['value']> {
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#asked.set(id, { resolve, reject });
    // One object of the union for each name: the compiler cannot follow a generic name into it.
    this.#send({ type: 'call', id, name, params } as CallMessage);
    return (await promise) as CacheCalls[Name]['value'];
  }

  #watch<Name extends keyof WatchedViews>(
    name: Name,
    query: WatchedViews[Name]['query'],
    listener: (value: WatchedViews[Name]['value']) => void,
  ): () => void {
    const id = ++this.#lastId;
    this.#listeners.set(id, (value) => listener(value as WatchedViews[Name]['value']));
    this.#send({ type: 'watch', id, name, query } as WatchMessage);
    return () => {
      if (this.#listeners.delete(id)) this.#send({ type: 'stop', id });
    };
  }

  #hear(message: FromCache): void {
    switch (message.type) {
      case 'answered':
        this.#asked.get(message.id)?.resolve(message.value);
        this.#asked.delete(message.id);
        break;
      case 'failed':
        this.#asked.get(message.id)?.reject(new Error(`the cache failed: ${message.message}`));
        this.#asked.delete(message.id);
        break;
      case 'seen':
        this.#listeners.get(message.id)?.(message.value);
        this.#send({ type: 'acknowledge', id: message.id });
        break;
    }
  }

  #send(message: ToCache): void {
    this.#port.postMessage(message, []);
  }
}
