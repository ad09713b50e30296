import type { Bridge } from '#shared/bridge/bridge-client.ts';
import type { SessionState } from '#shared/bridge/desk-status.ts';
import type { AgentId } from '#shared/ids.ts';
import type { CacheClient } from './cache/cache-client.ts';

const retryMs = 2000;

/** What else follows whoever is signed in. */
export interface ProfileFollower {
  start(agentId: AgentId): void;
  stop(): void;
}

/**
 * Opens in the cache worker the profile of whoever is signed in, and closes it when nobody is.
 *
 * A session that comes while another is being opened waits for it; of several waiting ones only the newest is opened.
 * Several windows may do so at once: each ends with the newest session, and what is open already is not opened again.
 */
export class ProfileKeeper {
  readonly #bridge: Bridge;
  readonly #cache: CacheClient;
  readonly #follower: ProfileFollower | null;
  #wanted: SessionState | null = null;
  #isBusy = false;

  constructor(bridge: Bridge, cache: CacheClient, follower: ProfileFollower | null = null) {
    this.#bridge = bridge;
    this.#cache = cache;
    this.#follower = follower;
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
      this.#follower?.stop();
      await this.#cache.close();
      return true;
    }
    const answer = await this.#bridge.call('session.cacheKey', {});
    if (!answer.ok) return false;
    // The key may be the next session's already; that one's turn comes.
    if (this.#wanted !== null && this.#wanted !== session) return true;
    const { profileId, agent } = session;
    await this.#cache.open({ profileId, agentId: agent.id, keyBase64: answer.value.key });
    this.#follower?.start(agent.id);
    return true;
  }
}
