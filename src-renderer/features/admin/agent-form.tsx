import { Button, Group, Modal, Select, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agent } from '#shared/protocol/agent.ts';
import type { Role } from '#shared/ticket/author.ts';
import { errorKey, type ErrorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { Problem } from '../../ui/problem.tsx';
import { showErrors } from '../../ui/show-errors.ts';
import {
  agentChange,
  agentProblems,
  draftOfAgent,
  isLastAdmin,
  type AgentDraft,
  type AgentProblems,
} from './agent-draft.ts';
import { newPassword } from './new-password.ts';
import type { HandedPassword } from './password-once.tsx';

const roles: readonly Role[] = ['agent', 'senior', 'admin', 'read-only'];

/** Adds a member of the service with a made-up password, or changes one. */
export function AgentForm({
  agent,
  onCreated,
  onClose,
}: {
  readonly agent: Agent | null;
  readonly onCreated: (handed: HandedPassword) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { agents, bridge, settings } = useDesk();
  const tell = usePanels((panels) => panels.tell);
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<AgentDraft>(() => draftOfAgent(agent));
  const [wrong, setWrong] = useState<AgentProblems>({});
  const [problem, setProblem] = useState<ErrorKey | 'users.lastAdmin' | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<AgentDraft>) => setDraft({ ...draft, ...part });
  const last = agent !== null && isLastAdmin(agent, agents.values());

  const create = async () => {
    const password = newPassword();
    const login = draft.login.trim().toLowerCase();
    const { role, groupId } = draft;
    const name = draft.name.trim();
    const made = await bridge.call('agents.create', { login, name, role, groupId, password });
    setBusy(false);
    if (!made.ok && made.error.kind === 'conflict') {
      return showErrors(form.current, () => setWrong({ login: 'users.wrong.taken' }));
    }
    if (!made.ok) return setProblem(errorKey(made.error));
    onCreated({ name, login, password });
    return onClose();
  };
  const keep = async (before: Agent) => {
    const changed = await bridge.call('agents.change', { id: before.id, change: agentChange(before, draft) });
    setBusy(false);
    if (!changed.ok) {
      return setProblem(changed.error.kind === 'conflict' ? 'users.lastAdmin' : errorKey(changed.error));
    }
    tell({ tone: 'success', key: 'users.saved' });
    return onClose();
  };
  const save = async () => {
    const taken = agent === null ? [...agents.values()].map(({ login }) => login) : [];
    const found = agentProblems(draft, taken);
    setProblem(null);
    showErrors(form.current, () => setWrong(found));
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    await (agent === null ? create() : keep(agent));
  };

  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      title={agent === null ? t('users.add') : t('users.editOf', { name: agent.name })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form
        ref={form}
        noValidate
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextInput
          label={t('users.name')}
          description={t('users.nameHint')}
          value={draft.name}
          error={wrong.name !== undefined && t(wrong.name)}
          maxLength={200}
          data-autofocus
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('users.login')}
          description={t('users.loginHint')}
          value={draft.login}
          error={wrong.login !== undefined && t(wrong.login)}
          maxLength={64}
          disabled={agent !== null}
          onChange={(event) => change({ login: event.currentTarget.value })}
        />
        <Select
          label={t('users.role')}
          description={t(last ? 'users.lastAdmin' : `users.roleHint.${draft.role}`)}
          data={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          value={draft.role}
          allowDeselect={false}
          disabled={last}
          onChange={(value) => change({ role: roles.find((role) => role === value) ?? draft.role })}
        />
        <Select
          label={t('users.group')}
          description={t('users.groupHint')}
          placeholder={t('users.noGroup')}
          data={settings.groups.map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.groupId}
          clearable
          clearButtonProps={{ 'aria-label': t('app.clear') }}
          onChange={(value) =>
            change({ groupId: settings.groups.find(({ id }) => id === value)?.id ?? null })
          }
        />
        {agent === null && <p className="quiet settings-fact">{t('users.passwordComes')}</p>}
        {problem !== null && <Problem>{t(problem)}</Problem>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t(agent === null ? 'users.create' : 'app.save')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
