import { Button, Popover } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommandHandlers } from '../../commands/command-handlers.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePreferences } from '../../state/use-preferences.ts';
import { stepZoom } from '../../ui/dress.ts';
import { Icon } from '../../ui/icon.tsx';
import { Keys } from '../../ui/keys.tsx';
import { AppearanceFields } from '../settings/appearance-fields.tsx';

/** Who works here, how the desk looks to them, and the way out. */
export function AgentMenu() {
  const { t } = useTranslation();
  const { session } = useDesk();
  const { value, change } = usePreferences();
  const run = useCommandHandlers((commands) => commands.run);
  const [opened, setOpened] = useState(false);
  const { name, role } = session.agent;
  const leaveFor = (act: () => void) => () => {
    setOpened(false);
    act();
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={340} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          className="top-agent"
          leftSection={<Icon name="user" />}
          rightSection={<Icon name="chevron" size={13} />}
          aria-label={t('nav.agentMenu', { name })}
          onClick={() => setOpened(!opened)}
        >
          {name}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="agent-menu" aria-label={t('nav.agentMenu', { name })}>
        <p className="agent-menu-name">
          <strong>{name}</strong> <span className="quiet">{t(`role.${role}`)}</span>
        </p>
        <AppearanceFields />
        <div className="agent-menu-size">
          <span>{t('preferences.zoom')}</span>
          <Button
            variant="default"
            aria-label={t('preferences.smaller')}
            onClick={() => void change({ zoom: stepZoom(value.zoom, -1) })}
          >
            −
          </Button>
          <output>{t('preferences.percent', { percent: Math.round(value.zoom * 100) })}</output>
          <Button
            variant="default"
            aria-label={t('preferences.larger')}
            onClick={() => void change({ zoom: stepZoom(value.zoom, 1) })}
          >
            +
          </Button>
        </div>
        <div className="agent-menu-ways">
          <button type="button" className="agent-menu-way" onClick={leaveFor(() => run('keys.show'))}>
            <Icon name="info" />
            <span>{t('nav.keys')}</span>
            <Keys keys="F1" />
          </button>
          <button type="button" className="agent-menu-way" onClick={leaveFor(() => run('go.settings'))}>
            <Icon name="settings" />
            <span>{t('nav.settings')}</span>
            <Keys keys="G S" />
          </button>
          <button type="button" className="agent-menu-way" onClick={leaveFor(() => run('app.logOut'))}>
            <Icon name="logOut" />
            <span>{t('nav.logOut')}</span>
          </button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
