import { Type, type Static } from 'typebox';
import { MomentSchema } from '#shared/moment.ts';
import { AgentSchema } from '#shared/protocol/agent.ts';
import { MailboxRecordSchema } from '#shared/protocol/mailbox-record.ts';

/** What a profile remembers between starts and nobody else may read. */
export const VaultSecretsSchema = Type.Object({
  v: Type.Literal(1),
  agent: AgentSchema,
  /** Null after a log-out. */
  refreshToken: Type.Union([Type.Object({ token: Type.String(), expiresAt: MomentSchema }), Type.Null()]),
  /** When the API last answered this agent, by the API's clock; 0 after it refused. Offline opening counts from here. */
  lastContactAt: MomentSchema,
  /** Life of the feed at the last log-in or refresh. */
  epoch: Type.Union([Type.String(), Type.Null()]),
  mailbox: Type.Union([MailboxRecordSchema, Type.Null()]),
  /** PEM of an own certificate authority for the API. */
  certificateAuthority: Type.Union([Type.String(), Type.Null()]),
});
export type VaultSecrets = Static<typeof VaultSecretsSchema>;

/**
 * Brings what an older desk wrote into today's form; anything else passes as it is, for the schema to judge.
 *
 * Agents had no groups at first: they answer under the mailbox's name until the API says otherwise.
 */
export function liftSecrets(written: unknown): unknown {
  if (!isRecord(written) || written['v'] !== 1 || !isRecord(written['agent'])) return written;
  return { ...written, agent: { groupId: null, ...written['agent'] } };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
