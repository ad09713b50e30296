import { Type, type Static } from 'typebox';
import type { AgentId } from '../ids.ts';

/** What a member of the service may do; each role includes the ones before it, read-only apart. */
export const RoleSchema = Type.Union([
  Type.Literal('read-only'),
  Type.Literal('agent'),
  Type.Literal('senior'),
  Type.Literal('admin'),
]);
export type Role = Static<typeof RoleSchema>;

/** Who makes an operation; on the API always taken from the token, never from the body. */
export interface Author {
  readonly agentId: AgentId;
  readonly role: Role;
}

const rank: Readonly<Record<Role, number>> = { 'read-only': 0, agent: 1, senior: 2, admin: 3 };

/** True when `role` includes everything that `needed` may do. */
export function roleAllows(role: Role, needed: Role): boolean {
  return rank[role] >= rank[needed];
}
