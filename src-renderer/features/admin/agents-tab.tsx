import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agent } from '#shared/protocol/agent.ts';
import { errorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { Badge } from '../../ui/badge.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { isLastAdmin } from './agent-draft.ts';
import { AgentForm } from './agent-form.tsx';
import { newPassword } from './new-password.ts';
import { PasswordOnce, type HandedPassword } from './password-once.tsx';

type Doing =
  | { readonly what: 'reading' }
  | { readonly what: 'adding' }
  | { readonly what: 'changing' | 'resetting' | 'switching'; readonly agent: Agent };

/** Who works here, as an administrator sees it. */
export function AgentsTab() {
  const { t, i18n } = useTranslation();
  const { agents, bridge, settings } = useDesk();
  const tell = usePanels((panels) => panels.tell);
  const [doing, setDoing] = useState<Doing>({ what: 'reading' });
  const [handed, setHanded] = useState<HandedPassword | null>(null);
  const collator = new Intl.Collator(i18n.language);
  const sorted = [...agents.values()].toSorted(
    (a, b) => Number(a.disabled) - Number(b.disabled) || collator.compare(a.name, b.name),
  );
  const read = () => setDoing({ what: 'reading' });
  const resetPassword = async (agent: Agent) => {
    const password = newPassword();
    const changed = await bridge.call('agents.change', { id: agent.id, change: { password } });
    if (changed.ok) setHanded({ name: agent.name, login: agent.login, password });
    else tell({ tone: 'problem', key: errorKey(changed.error) });
  };
  const switchOff = async (agent: Agent) => {
    const changed = await bridge.call('agents.change', {
      id: agent.id,
      change: { disabled: !agent.disabled },
    });
    if (changed.ok) tell({ tone: 'success', key: agent.disabled ? 'users.enabled' : 'users.disabled' });
    else {
      const lastAdmin = changed.error.kind === 'conflict';
      tell({ tone: 'problem', key: lastAdmin ? 'users.lastAdmin' : errorKey(changed.error) });
    }
  };

  return (
    <>
      <div className="page-head">
        <PageTitle>{t('users.title')}</PageTitle>
        <Button leftSection={<Icon name="plus" />} onClick={() => setDoing({ what: 'adding' })}>
          {t('users.add')}
        </Button>
      </div>
      <p className="quiet settings-about">{t('users.about')}</p>
      <Table aria-label={t('users.title')} className="agents-table">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('users.name')}</Table.Th>
            <Table.Th>{t('users.login')}</Table.Th>
            <Table.Th>{t('users.role')}</Table.Th>
            <Table.Th>{t('users.group')}</Table.Th>
            <Table.Th>{t('users.actions')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sorted.map((agent) => (
            <Table.Tr key={agent.id} data-off={agent.disabled}>
              <Table.Td>
                {agent.name} {agent.disabled && <Badge icon="hidden">{t('users.off')}</Badge>}
              </Table.Td>
              <Table.Td>{agent.login}</Table.Td>
              <Table.Td>{t(`role.${agent.role}`)}</Table.Td>
              <Table.Td>{settings.groups.find(({ id }) => id === agent.groupId)?.name ?? ''}</Table.Td>
              <Table.Td>
                <AgentActions agent={agent} onDo={(what) => setDoing({ what, agent })} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {(doing.what === 'adding' || doing.what === 'changing') && (
        <AgentForm
          agent={doing.what === 'adding' ? null : doing.agent}
          onCreated={setHanded}
          onClose={read}
        />
      )}
      <ConfirmDialog
        opened={doing.what === 'resetting'}
        title={t('users.resetTitle')}
        question={doing.what === 'resetting' ? t('users.resetAsk', { name: doing.agent.name }) : ''}
        confirm={t('users.resetDo')}
        onConfirm={() => {
          if (doing.what === 'resetting') void resetPassword(doing.agent);
        }}
        onClose={read}
      />
      <ConfirmDialog
        opened={doing.what === 'switching'}
        title={t(
          doing.what === 'switching' && doing.agent.disabled ? 'users.enableTitle' : 'users.disableTitle',
        )}
        question={
          doing.what === 'switching'
            ? t(doing.agent.disabled ? 'users.enableAsk' : 'users.disableAsk', { name: doing.agent.name })
            : ''
        }
        confirm={t(doing.what === 'switching' && doing.agent.disabled ? 'users.enable' : 'users.disable')}
        onConfirm={() => {
          if (doing.what === 'switching') void switchOff(doing.agent);
        }}
        onClose={read}
      />
      <PasswordOnce handed={handed} onClose={() => setHanded(null)} />
    </>
  );
}

/** What can be done to one; nobody takes their own access away by mistake. */
function AgentActions({
  agent,
  onDo,
}: {
  readonly agent: Agent;
  readonly onDo: (what: 'changing' | 'resetting' | 'switching') => void;
}) {
  const { t } = useTranslation();
  const { agents, session } = useDesk();
  const own = agent.id === session.agent.id;
  const last = isLastAdmin(agent, agents.values());
  return (
    <span className="row-actions">
      <Button
        size="compact-xs"
        variant="default"
        aria-label={t('users.editOf', { name: agent.name })}
        onClick={() => onDo('changing')}
      >
        {t('users.edit')}
      </Button>
      {!own && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={t('users.resetOf', { name: agent.name })}
          onClick={() => onDo('resetting')}
        >
          {t('users.reset')}
        </Button>
      )}
      {!own && !last && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={t(agent.disabled ? 'users.enableOf' : 'users.disableOf', { name: agent.name })}
          onClick={() => onDo('switching')}
        >
          {t(agent.disabled ? 'users.enable' : 'users.disable')}
        </Button>
      )}
      {own && <span className="quiet">{t('users.you')}</span>}
    </span>
  );
}
