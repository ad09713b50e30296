import { parseArgs } from 'node:util';
import { Value } from 'typebox/value';
import { CreateAgentSchema, type CreateAgent } from '#shared/protocol/agent.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Agents } from './agents.ts';

/** What an administrator may have done to the agents from the API's console, without a desk and without a token. */
export type AgentCommand =
  | ({ readonly kind: 'add-agent' } & Omit<CreateAgent, 'password'>)
  | { readonly kind: 'set-password'; readonly login: string };

/** Everything that the ticket API's program may be asked for. */
export type ApiCommand = { readonly kind: 'serve'; readonly isRestored: boolean } | AgentCommand;

function usageOf(program: string): string {
  return [
    `Usage: ${program} [--restored]`,
    `       ${program} --add-agent LOGIN ROLE NAME`,
    `       ${program} --set-password LOGIN`,
    'Passwords are asked for, or read from a pipe; they are never arguments, which others on the computer can see.',
  ].join('\n');
}

const {
  login: LoginSchema,
  role: RoleSchema,
  name: NameSchema,
  password: PasswordSchema,
} = CreateAgentSchema.properties;

/** Reads the arguments; an error is a sentence for the administrator, who starts the API by typing `program`. */
export function readApiCommand(args: readonly string[], program: string): Result<ApiCommand, string> {
  const usage = usageOf(program);
  const options = {
    restored: { type: 'boolean' },
    'add-agent': { type: 'string' },
    'set-password': { type: 'string' },
  } as const;
  let read: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    read = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch {
    return err(usage);
  }
  const { values, positionals } = read;
  const { restored: isRestored = false, 'add-agent': added, 'set-password': changed } = values;
  if (Object.keys(values).length > 1) return err(usage);
  if (added !== undefined) {
    const [role = '', ...names] = positionals;
    return readNewAgent(added, role, names.join(' '), usage);
  }
  if (positionals.length > 0) return err(usage);
  return ok(changed === undefined ? { kind: 'serve', isRestored } : { kind: 'set-password', login: changed });
}

function readNewAgent(
  login: string,
  role: string,
  name: string,
  usage: string,
): Result<AgentCommand, string> {
  if (!Value.Check(LoginSchema, login)) {
    return err('A login has up to 64 small Latin letters, digits, dots, hyphens and underscores.');
  }
  if (!Value.Check(RoleSchema, role))
    return err(`A role is one of: ${RoleSchema.anyOf.map((one) => one.const).join(', ')}.`);
  if (!Value.Check(NameSchema, name)) return err(`The agent’s name is missing or too long.\n${usage}`);
  return ok({ kind: 'add-agent', login, role, name });
}

/** Does it; answers what to tell the administrator, as the error when it could not be done. */
export async function runAgentCommand(
  command: AgentCommand,
  agents: Agents,
  password: string,
): Promise<Result<string, string>> {
  const [unfit] = Value.Errors(PasswordSchema, password);
  if (unfit !== undefined) return err(`The password ${unfit.message}.`);
  if ((await agents.list()).agents.length === 0) {
    return err('There are no agents yet: the first start of the ticket API makes the administrator.');
  }
  if (command.kind === 'add-agent') {
    const { login, role, name } = command;
    const created = await agents.create({ login, role, name, password });
    return created.ok ? ok(`${login} was added as ${role}.`) : err(created.error.message);
  }
  const changed = await agents.setPassword(command.login, password);
  if (!changed.ok) return err(changed.error.message);
  const note = changed.value.disabled ? ' The account is disabled, and stays so.' : '';
  return ok(`${command.login} has the new password; every desk of theirs has to log in again.${note}`);
}
