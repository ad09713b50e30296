import type { MailboxAddress } from '#shared/ticket/letter.ts';
import { groups, team, type TeamLogin } from './team.ts';

/** Whom an agent's letters come from: the group's name at the service's address. */
export function serviceAddress(login: TeamLogin, address: string): MailboxAddress {
  const groupId = team.find((agent) => agent.login === login)?.groupId ?? null;
  const name = groups.find(({ id }) => id === groupId)?.fromName ?? '';
  return { name, address };
}
