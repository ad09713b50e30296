import { Button, Popover, SegmentedControl } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preferences } from '#shared/bridge/preferences.ts';
import { useCommandHandlers } from '../../commands/command-handlers.ts';
import { languageNames, languages } from '../../language/languages.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePreferences } from '../../state/use-preferences.ts';
import { stepZoom } from '../../ui/dress.ts';
import { Icon } from '../../ui/icon.tsx';
import { Keys } from '../../ui/keys.tsx';

const schemes = ['auto', 'light', 'dark'] as const satisfies readonly Preferences['colorScheme'][];
const contrasts = ['auto', 'normal', 'high'] as const satisfies readonly Preferences['contrast'][];

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
        <Choice name={t('preferences.language')}>
          <SegmentedControl
            fullWidth
            aria-label={t('preferences.language')}
            value={value.language}
            data={languages.map((language) => ({ value: language, label: languageNames[language] }))}
            onChange={(language) => void change({ language })}
          />
        </Choice>
        <Choice name={t('preferences.theme')}>
          <SegmentedControl
            fullWidth
            aria-label={t('preferences.theme')}
            value={value.colorScheme}
            data={schemes.map((scheme) => ({ value: scheme, label: t(`preferences.themes.${scheme}`) }))}
            onChange={(colorScheme) => void change({ colorScheme })}
          />
        </Choice>
        <Choice name={t('preferences.contrast')}>
          <SegmentedControl
            fullWidth
            aria-label={t('preferences.contrast')}
            value={value.contrast}
            data={contrasts.map((contrast) => ({
              value: contrast,
              label: t(`preferences.contrasts.${contrast}`),
            }))}
            onChange={(contrast) => void change({ contrast })}
          />
        </Choice>
        <Choice name={t('preferences.size')}>
          <div className="agent-menu-size">
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
        </Choice>
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

function Choice({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="agent-menu-choice">
      <span className="quiet" aria-hidden="true">
        {name}
      </span>
      {children}
    </div>
  );
}
