import { createHash } from 'node:crypto';
import type { Clock } from '#shared/clock.ts';
import type { Agent } from '#shared/protocol/agent.ts';
import type { Login } from '#shared/protocol/session.ts';
import { ok } from '#shared/result.ts';
import type { Escrow, ProfileVault } from '../vault/profile-vault.ts';
import { ApiClient } from './api-client.ts';
import { SessionKeeper, type SessionKeeperEvents } from './session-keeper.ts';

/** A client and the keeper of its tokens. */
export interface Connected {
  readonly api: ApiClient;
  readonly keeper: SessionKeeper;
}

/** Everything that belongs to the agent who is signed in. */
export interface SignedIn extends Connected {
  readonly profileId: string;
  /** Folder of the profile, for the journal and its attachments. */
  readonly dir: string;
  readonly vault: ProfileVault;
}

interface ConnectOptions {
  readonly baseUrl: string;
  readonly certificateAuthority: string | null;
  /** For a log-in that waits for the API. */
  readonly credentials: Login | null;
  readonly clock: Clock;
}

/** Makes the two that know each other. */
export function connectSession(options: ConnectOptions, events: SessionKeeperEvents): Connected {
  const { baseUrl, certificateAuthority, credentials, clock } = options;
  const keeper = new SessionKeeper(clock, credentials, events);
  const api = new ApiClient({ baseUrl, certificateAuthority, clock, tokens: keeper });
  api.subscribe((problem) => {
    if (problem === null) keeper.contacted(api.serverNow());
  });
  return { api, keeper };
}

/** Names a profile: opaque, the same for the same agent of the same API for ever. */
export function profileIdOf(apiUrl: string, agent: Agent): string {
  return createHash('sha256').update(`${apiUrl}\n${agent.id}`).digest('hex').slice(0, 32);
}

/** The API's copy of the key, as the vault sees it. */
export function escrowOf(api: ApiClient): Escrow {
  return {
    async get() {
      const answer = await api.call('getEscrow', {});
      return answer.ok ? ok(answer.value.escrow?.wrappedKey ?? null) : answer;
    },
    put: (wrappedKey) => api.call('putEscrow', { body: { wrappedKey } }),
  };
}
