import type { ApiTokens, TokenKeeper } from '#main/tickets/api-tokens.ts';
import type { Session } from '#shared/protocol/session.ts';
import { onTestFinished } from 'vitest';
import { ApiClient, type ApiClientOptions } from '#main/tickets/api-client.ts';
import { testId } from '#test/unit/journal/journal-arbitraries.ts';
import type { AgentId } from '#shared/ids.ts';

/** Tokens as a session has them right after a log-in. */
export class MemoryTokens implements TokenKeeper {
  #tokens: ApiTokens;
  wasRefused = false;

  constructor(access: string | null = 'access-0', refresh: string | null = 'refresh-0') {
    this.#tokens = {
      access: access === null ? null : { token: access, expiresAt: Number.MAX_SAFE_INTEGER },
      refresh: refresh === null ? null : { token: refresh, expiresAt: Number.MAX_SAFE_INTEGER },
    };
  }

  read(): ApiTokens {
    return this.#tokens;
  }

  credentials(): null {
    return null;
  }

  async renewed(session: Session): Promise<void> {
    await Promise.resolve();
    this.#tokens = {
      access: { token: session.accessToken, expiresAt: session.accessExpiresAt },
      refresh: { token: session.refreshToken, expiresAt: session.refreshExpiresAt },
    };
  }

  refused(): void {
    this.wasRefused = true;
    this.#tokens = { access: null, refresh: null };
  }
}

/** A client that is closed after the test. */
export function openClient(
  baseUrl: string,
  options: Partial<ApiClientOptions> = {},
): { readonly api: ApiClient; readonly tokens: MemoryTokens } {
  const tokens = new MemoryTokens();
  const api = new ApiClient({
    baseUrl,
    certificateAuthority: null,
    clock: { now: () => Date.now() },
    tokens,
    ...options,
  });
  onTestFinished(() => api.close());
  return { api, tokens };
}

/** The answer to a log-in or a refresh. */
export function session(number: number): Session {
  return {
    accessToken: `access-${String(number)}`,
    accessExpiresAt: 8_000_000_000_000_000,
    refreshToken: `refresh-${String(number)}`,
    refreshExpiresAt: 8_000_000_000_000_000,
    agent: {
      id: testId(0xa) as AgentId,
      login: 'anna',
      name: 'Анна',
      role: 'agent',
      disabled: false,
      groupId: null,
    },
    serverTime: 1_000,
    epoch: 'e1',
  };
}
