import type { Agent } from '#shared/protocol/agent.ts';
import type { ServiceSettings } from '#shared/protocol/service-settings.ts';

/** Under which name an agent writes, and what stands below the words; both empty without a group. */
export interface Signature {
  readonly fromName: string;
  readonly text: string;
}

/** As the agent's group has it. */
export function signatureOf(
  agent: Pick<Agent, 'name' | 'groupId'>,
  { groups }: Pick<ServiceSettings, 'groups'>,
): Signature {
  const group = groups.find(({ id }) => id === agent.groupId);
  if (group === undefined) return { fromName: '', text: '' };
  const text = group.signature.replaceAll(/\{\{\s*agent\s*\}\}/gu, () => agent.name).trim();
  return { fromName: group.fromName.trim(), text };
}
