import type { Group, ServiceSettings } from '#shared/protocol/service-settings.ts';
import { findSlots } from '#shared/text/slots.ts';

/** What keeps a group from being saved. */
export interface GroupProblems {
  readonly name?: 'groups.wrong.name' | 'groups.wrong.taken';
  readonly signature?: {
    readonly key: 'groups.wrong.slots';
    /** As they stand in the signature, each once. */
    readonly slots: readonly string[];
  };
}

/** What is wrong with a group; a signature knows no slot but the agent's name. */
export function groupProblems(group: Group, groups: readonly Group[]): GroupProblems {
  const name = group.name.trim().toLowerCase();
  const taken = groups.some(({ id, name: other }) => id !== group.id && other.trim().toLowerCase() === name);
  const slots = findSlots(group.signature)
    .filter((slot) => slot.kind !== 'known' || slot.name !== 'agent')
    .map(({ start, end }) => group.signature.slice(start, end));
  return {
    ...(name === '' ? { name: 'groups.wrong.name' } : taken ? { name: 'groups.wrong.taken' } : {}),
    ...(slots.length > 0 ? { signature: { key: 'groups.wrong.slots', slots: [...new Set(slots)] } } : {}),
  };
}

/** The settings' groups with this one put in or replaced. */
export function withGroup({ groups }: ServiceSettings, group: Group): Group[] {
  const trimmed = { ...group, name: group.name.trim(), fromName: group.fromName.trim() };
  return groups.some(({ id }) => id === group.id)
    ? groups.map((other) => (other.id === group.id ? trimmed : other))
    : [...groups, trimmed];
}
