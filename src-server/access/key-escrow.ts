import type { AgentId } from '#shared/ids.ts';
import type { KeyEscrow } from '#shared/protocol/session.ts';
import type { Queryable } from '../database/database.ts';

/** The agent's own wrapped key, or null. Nobody else's can be asked for. */
export async function readEscrow(
  database: Queryable,
  agentId: AgentId,
): Promise<{ escrow: KeyEscrow | null }> {
  const rows = await database.query<KeyEscrow>(
    'select wrapped_key as "wrappedKey" from key_escrow where agent_id = $1',
    [agentId],
  );
  return { escrow: rows[0] ?? null };
}

export async function writeEscrow(
  database: Queryable,
  agentId: AgentId,
  { wrappedKey }: KeyEscrow,
): Promise<void> {
  await database.query(
    `insert into key_escrow (agent_id, wrapped_key) values ($1, $2)
     on conflict (agent_id) do update set wrapped_key = excluded.wrapped_key`,
    [agentId, wrappedKey],
  );
}
