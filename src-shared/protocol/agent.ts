import { Type, type Static } from 'typebox';
import { AgentIdSchema, GroupIdSchema } from '../ids.ts';
import { RoleSchema } from '../ticket/author.ts';

/** A member of the service as colleagues see one. */
export const AgentSchema = Type.Object({
  id: AgentIdSchema,
  login: Type.String({ minLength: 1, maxLength: 64 }),
  name: Type.String({ minLength: 1, maxLength: 200 }),
  role: RoleSchema,
  disabled: Type.Boolean(),
  /** Under whose name the agent answers; null: the mailbox's. */
  groupId: Type.Union([GroupIdSchema, Type.Null()]),
});
export type Agent = Static<typeof AgentSchema>;

const PasswordSchema = Type.String({ minLength: 10, maxLength: 256 });

/** `POST /v1/agents` (admin). */
export const CreateAgentSchema = Type.Object({
  login: Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,63}$' }),
  name: Type.String({ minLength: 1, maxLength: 200 }),
  role: RoleSchema,
  groupId: Type.Optional(AgentSchema.properties.groupId),
  password: PasswordSchema,
});
export type CreateAgent = Static<typeof CreateAgentSchema>;

/** `PATCH /v1/agents/:id` (admin; anybody may change their own password). Disabling revokes all tokens at once. */
export const ChangeAgentSchema = Type.Partial(
  Type.Object({
    name: Type.String({ minLength: 1, maxLength: 200 }),
    role: RoleSchema,
    disabled: Type.Boolean(),
    groupId: AgentSchema.properties.groupId,
    password: PasswordSchema,
    /** Required when one changes one's own password. */
    currentPassword: Type.String({ maxLength: 256 }),
  }),
);
export type ChangeAgent = Static<typeof ChangeAgentSchema>;
