import type { Bridge } from '#shared/bridge/bridge-client.ts';
import type { SessionState } from '#shared/bridge/desk-status.ts';
import { compileDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { defaultDeadlinePolicy } from '#shared/regulation/deadline-policy.ts';
import { AttentionWatch } from './attention/attention-watch.ts';
import { windowBridge } from './bridge/window-bridge.ts';
import { connectCache, type CacheClient } from './cache/cache-client.ts';

const retryMs = 2000;

/**
 * Opens in the cache worker the profile of whoever is signed in, and closes it when nobody is; has it watched for news.
 *
 * The hidden window that runs this keeps the worker alive while all other windows are closed. A session that comes while
 * another is being opened waits for it; of several waiting ones only the newest is opened.
 */
class ProfileKeeper {
  readonly #bridge: Bridge;
  readonly #cache: CacheClient;
  readonly #attention: AttentionWatch;
  #wanted: SessionState | null = null;
  #isBusy = false;

  constructor(bridge: Bridge, cache: CacheClient, attention: AttentionWatch) {
    this.#bridge = bridge;
    this.#cache = cache;
    this.#attention = attention;
  }

  start(): void {
    this.#bridge.on('session.changed', (session) => {
      this.#wanted = session;
      void this.#follow();
    });
    void this.#follow();
  }

  async #follow(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    let made: SessionState | null = null;
    do {
      const session = this.#wanted ?? (await this.#askSession());
      if (session !== null && (await this.#make(session))) made = session;
      else await new Promise((resolve) => setTimeout(resolve, retryMs));
    } while (made === null || (this.#wanted !== null && made !== this.#wanted));
    this.#isBusy = false;
  }

  async #askSession(): Promise<SessionState | null> {
    const answer = await this.#bridge.call('session.get', {});
    return answer.ok ? answer.value : null;
  }

  /** Answers false when it must be tried again. */
  async #make(session: SessionState): Promise<boolean> {
    if (session.state === 'signed-out') {
      this.#attention.stop();
      await this.#cache.close();
      return true;
    }
    const answer = await this.#bridge.call('session.cacheKey', {});
    if (!answer.ok) return false;
    const { profileId, agent } = session;
    await this.#cache.open({ profileId, agentId: agent.id, keyBase64: answer.value.key });
    this.#attention.start(agent.id);
    return true;
  }
}

const bridge = windowBridge(window);
if (bridge !== null) {
  const cache = connectCache();
  const policy = defaultDeadlinePolicy;
  const workingTime = compileDefaultCalendar().workingTime(policy.shortDayMinutes);
  new ProfileKeeper(bridge, cache, new AttentionWatch({ bridge, cache, workingTime, policy })).start();
}
