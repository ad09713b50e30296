import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Role } from '#shared/ticket/author.ts';
import { roleAllows } from '#shared/ticket/author.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels, type SettingsTab } from '../../state/panels.ts';
import { useUnsavedTabs } from '../../state/settings-drafts.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { UnsavedMark } from '../../ui/unsaved-mark.tsx';
import { AgentsTab } from '../admin/agents-tab.tsx';
import { CalendarTab } from '../admin/calendar/calendar-tab.tsx';
import { GroupsTab } from '../admin/groups-tab.tsx';
import { RegulationTab } from '../admin/regulation/regulation-tab.tsx';
import { SendersTab } from '../admin/senders-tab.tsx';
import { ServiceTab } from '../admin/service-tab.tsx';
import { MailboxTab } from './mailbox-tab.tsx';
import { PreferencesTab } from './preferences-tab.tsx';

interface Tab {
  readonly icon: IconName;
  /** Who sees it. */
  readonly role: Role;
  readonly Content: () => React.ReactNode;
}

const tabs: Readonly<Record<SettingsTab, Tab>> = {
  preferences: { icon: 'settings', role: 'read-only', Content: PreferencesTab },
  senders: { icon: 'hand', role: 'agent', Content: SendersTab },
  mailbox: { icon: 'mail', role: 'admin', Content: MailboxTab },
  agents: { icon: 'user', role: 'admin', Content: AgentsTab },
  groups: { icon: 'edit', role: 'admin', Content: GroupsTab },
  regulation: { icon: 'article', role: 'admin', Content: RegulationTab },
  calendar: { icon: 'clock', role: 'admin', Content: CalendarTab },
  service: { icon: 'server', role: 'admin', Content: ServiceTab },
};

const order: readonly SettingsTab[] = [
  'preferences',
  'senders',
  'mailbox',
  'agents',
  'groups',
  'regulation',
  'calendar',
  'service',
];

/** What one likes at this computer, and what administrators set for all desks. */
export function SettingsPage() {
  const { t } = useTranslation();
  const { session } = useDesk();
  const { settingsTab, showSettings } = usePanels();
  const unsaved = useUnsavedTabs();
  const isUnsaved = (tab: SettingsTab) => unsaved.some((each) => each === tab);
  const seen = order.filter((tab) => roleAllows(session.agent.role, tabs[tab].role));
  return (
    <section className="page settings-page" aria-label={t('nav.settings')}>
      <Tabs
        orientation="vertical"
        // What is typed in one tab is still there after a look into another.
        keepMounted
        value={seen.includes(settingsTab) ? settingsTab : 'preferences'}
        onChange={(value) => {
          const chosen = order.find((tab) => tab === value);
          if (chosen !== undefined) showSettings(chosen);
        }}
      >
        <Tabs.List aria-label={t('nav.settings')} className="settings-tabs">
          {seen.map((tab) => (
            <Tabs.Tab
              key={tab}
              value={tab}
              leftSection={<Icon name={tabs[tab].icon} />}
              rightSection={isUnsaved(tab) && <UnsavedMark />}
            >
              {t(`settings.tab.${tab}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {seen.map((tab) => {
          const { Content } = tabs[tab];
          return (
            <Tabs.Panel key={tab} value={tab} className="settings-panel">
              <Content />
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </section>
  );
}
