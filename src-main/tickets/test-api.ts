import type { BridgeError } from '#shared/bridge/bridge-error.ts';
import type { Clock } from '#shared/clock.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { canonicalApiUrl } from './api-address.ts';
import { ApiClient } from './api-client.ts';
import type { TokenKeeper } from './api-tokens.ts';
import { bridgeKind } from './bridge-kind.ts';

/** Whoever only asks for the health proves nothing. */
const noTokens: TokenKeeper = {
  read: () => ({ access: null, refresh: null }),
  credentials: () => null,
  renewed: () => Promise.resolve(),
  refused: () => {},
};

/** Asks an address whether a ticket API answers there; nobody is logged in and nothing is kept. */
export async function testApi(
  apiUrl: string,
  certificateAuthority: string | null,
  clock: Clock,
): Promise<Result<Record<string, never>, BridgeError>> {
  const address = canonicalApiUrl(apiUrl);
  if (!address.ok) return err({ kind: address.error });
  const api = new ApiClient({
    baseUrl: address.value,
    certificateAuthority,
    clock,
    tokens: noTokens,
  });
  try {
    const health = await api.call('health', {});
    return health.ok ? ok({}) : err({ kind: bridgeKind(health.error) });
  } finally {
    await api.close();
  }
}
