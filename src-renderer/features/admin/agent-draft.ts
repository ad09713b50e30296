import type { GroupId } from '#shared/ids.ts';
import type { Agent, ChangeAgent } from '#shared/protocol/agent.ts';
import type { Role } from '#shared/ticket/author.ts';

/** A member of the service as the form has it. */
export interface AgentDraft {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly groupId: GroupId | null;
}

/** What keeps it from being saved. */
export interface AgentProblems {
  readonly login?: 'users.wrong.login' | 'users.wrong.taken';
  readonly name?: 'users.wrong.name';
}

/** The form's start. */
export function draftOfAgent(agent: Agent | null): AgentDraft {
  if (agent === null) return { login: '', name: '', role: 'agent', groupId: null };
  const { login, name, role, groupId } = agent;
  return { login, name, role, groupId };
}

/** What is wrong with a draft; empty when the API can be asked. */
export function agentProblems(draft: AgentDraft, taken: readonly string[]): AgentProblems {
  const login = draft.login.trim().toLowerCase();
  return {
    ...(!/^[a-z0-9][a-z0-9._-]{0,63}$/u.test(login)
      ? { login: 'users.wrong.login' }
      : taken.includes(login)
        ? { login: 'users.wrong.taken' }
        : {}),
    ...(draft.name.trim() === '' ? { name: 'users.wrong.name' } : {}),
  };
}

/** Only what differs from what is there, so that a colleague's change of another field stays. */
export function agentChange(before: Agent, draft: AgentDraft): ChangeAgent {
  const name = draft.name.trim();
  return {
    ...(name === before.name ? {} : { name }),
    ...(draft.role === before.role ? {} : { role: draft.role }),
    ...(draft.groupId === before.groupId ? {} : { groupId: draft.groupId }),
  };
}

/** True for the only admin who can log in: without one nobody could set anything any more. */
export function isLastAdmin(agent: Agent, agents: Iterable<Agent>): boolean {
  const others = [...agents].filter(
    ({ id, role, disabled }) => id !== agent.id && role === 'admin' && !disabled,
  );
  return agent.role === 'admin' && !agent.disabled && others.length === 0;
}
