import { Select, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { errorKey } from '../../language/problem-key.ts';
import type { Preferences } from '#shared/bridge/preferences.ts';
import { usePanels } from '../../state/panels.ts';
import { usePreferences } from '../../state/use-preferences.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { AppearanceFields } from './appearance-fields.tsx';
import { OwnPassword } from './own-password.tsx';
import { ProgramSection } from './program-section.tsx';

const zooms = [0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const;

/** What whoever sits here likes; kept on this computer, at once and without a button. */
export function PreferencesTab() {
  const { t } = useTranslation();
  const { value, change } = usePreferences();
  const tell = usePanels((panels) => panels.tell);
  const set = (part: Partial<Preferences>) => {
    void change(part).then((kept) => {
      if (!kept.ok) tell({ tone: 'problem', key: errorKey(kept.error) });
    });
  };
  const offered = [...new Set([...zooms, value.zoom])].sort((a, b) => a - b);
  return (
    <div className="form">
      <PageTitle>{t('preferences.title')}</PageTitle>
      <p className="quiet settings-about">{t('preferences.about')}</p>
      <AppearanceFields />
      <Select
        label={t('preferences.zoom')}
        description={t('preferences.zoomHint')}
        data={offered.map((zoom) => ({ value: String(zoom), label: `${Math.round(zoom * 100)} %` }))}
        value={String(value.zoom)}
        allowDeselect={false}
        w={300}
        onChange={(zoom) => {
          if (zoom !== null) set({ zoom: Number(zoom) });
        }}
      />
      <Switch
        label={t('preferences.closeToTray')}
        description={t('preferences.closeToTrayHint')}
        checked={value.closeToTray}
        onChange={(event) => set({ closeToTray: event.currentTarget.checked })}
      />
      <Switch
        label={t('preferences.notifications')}
        description={t('preferences.notificationsHint')}
        checked={value.notifications}
        onChange={(event) => set({ notifications: event.currentTarget.checked })}
      />
      <Switch
        label={t('preferences.notificationContent')}
        description={t('preferences.notificationContentHint')}
        checked={value.notificationContent}
        disabled={!value.notifications}
        onChange={(event) => set({ notificationContent: event.currentTarget.checked })}
      />
      <OwnPassword />
      <ProgramSection />
    </div>
  );
}
