import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { findUnconfirmedYear, type UnconfirmedYear } from '#shared/calendar/unconfirmed-year.ts';
import { roleAllows } from '#shared/ticket/author.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { Icon } from '../../ui/icon.tsx';
import { StatusDetail } from './status-detail.tsx';

/** The year whose calendar the service must confirm, for those who see to it; null if none. */
function useUnconfirmedYear(): UnconfirmedYear | null {
  const { calendar, now, policy, session } = useDesk();
  const isAsked = roleAllows(session.agent.role, 'senior');
  const time = calendar.workingTime(policy.shortDayMinutes);
  const today = time.dayOf(now);
  return useMemo(
    () => (isAsked ? findUnconfirmedYear(time.endOfDay(today) - 1, calendar.calendar, time) : null),
    [isAsked, calendar, time, today],
  );
}

/** From September on: the next year is not confirmed yet. */
export function UnconfirmedYearNotice() {
  const { t } = useTranslation();
  const unconfirmed = useUnconfirmedYear();
  if (unconfirmed?.urgency !== 'notice') return null;
  const { year } = unconfirmed;
  return (
    <StatusDetail
      icon="flag"
      state="warning"
      words={t('calendar.unconfirmed.notice', { year })}
      why={t('calendar.unconfirmed.noticeWhy', { year })}
    >
      <Confirm />
    </StatusDetail>
  );
}

/** In December, and while a year runs that nobody has confirmed: across the whole desk. */
export function UnconfirmedYearBanner() {
  const { t } = useTranslation();
  const unconfirmed = useUnconfirmedYear();
  if (unconfirmed?.urgency !== 'loud') return null;
  const { year } = unconfirmed;
  return (
    <div className="offline-banner unconfirmed-year">
      <Icon name="alert" />
      <span className="offline-words">
        <strong>{t('calendar.unconfirmed.loud', { year })}</strong> {t('calendar.unconfirmed.loudWhy')}
      </span>
      <Confirm />
    </div>
  );
}

/** The way to the calendar for who may change it; for others, whom to ask. */
function Confirm() {
  const { t } = useTranslation();
  const { session } = useDesk();
  const page = usePanels((panels) => panels.page);
  const tab = usePanels((panels) => panels.settingsTab);
  const showSettings = usePanels((panels) => panels.showSettings);
  if (!roleAllows(session.agent.role, 'admin')) return <span>{t('calendar.unconfirmed.ask')}</span>;
  if (page === 'settings' && tab === 'calendar') return null;
  return (
    <Button variant="default" onClick={() => showSettings('calendar')}>
      {t('calendar.unconfirmed.open')}
    </Button>
  );
}
