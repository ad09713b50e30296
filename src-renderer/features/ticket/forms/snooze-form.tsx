import { Button } from '@mantine/core';
import { DatesProvider, DateTimePicker } from '@mantine/dates';
import 'dayjs/locale/be';
import 'dayjs/locale/ru';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoment, formatWeekday } from '#shared/text/format-moment.ts';
import type { Ticket } from '#shared/ticket/ticket.ts';
import { languageOf } from '../../../language/words.ts';
import { useDesk } from '../../../state/desk-context.ts';
import { Problem, Warning } from '../../../ui/problem.tsx';
import { computeDeadline } from '#shared/sla/deadline.ts';
import { parseMoment } from '../../settings/parse-moment.ts';
import { snoozePresets } from '../snooze-presets.ts';
import { FormButtons } from './form-buttons.tsx';

/** Until when a ticket goes out of sight: usual moments of the working calendar, or any other. */
export function SnoozeForm({
  ticket,
  onSnooze,
  onCancel,
}: {
  readonly ticket: Ticket;
  /** Null brings it back. */
  readonly onSnooze: (until: number | null) => void;
  readonly onCancel: () => void;
}) {
  const { t, i18n } = useTranslation();
  const { calendar, policy, now } = useDesk();
  const language = languageOf(i18n);
  const [picked, setPicked] = useState<string | null>(null);
  const time = calendar.workingTime(policy.shortDayMinutes);
  const presets = snoozePresets(now, time);
  const words = (at: number) => `${formatWeekday(at, language)} ${formatMoment(at)}`;
  const deadlineAt =
    ticket.reactionStartedAt === null
      ? null
      : computeDeadline(ticket.reactionStartedAt, calendar, policy).deadlineAt;
  const pickedAt = picked === null ? null : momentOf(picked);
  const past = pickedAt !== null && pickedAt <= now;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (pickedAt !== null && !past) onSnooze(pickedAt);
      }}
    >
      <p className="quiet form-about">{t('snooze.about')}</p>
      <div className="snooze-presets" role="group" aria-label={t('snooze.presets')}>
        {presets.map(({ kind, until }, place) => (
          <button
            key={kind}
            type="button"
            className="snooze-preset"
            {...(place === 0 ? { 'data-autofocus': true } : {})}
            onClick={() => onSnooze(until)}
          >
            <span>{t(`snooze.preset.${kind}`)}</span>
            <span className="quiet">{words(until)}</span>
            {deadlineAt !== null && deadlineAt < until && (
              <span className="snooze-late">{t('snooze.late', { at: formatMoment(deadlineAt) })}</span>
            )}
          </button>
        ))}
      </div>
      <DatesProvider settings={{ locale: language, firstDayOfWeek: 1, weekendDays: [0, 6] }}>
        <DateTimePicker
          label={t('snooze.other')}
          placeholder={t('snooze.pick')}
          value={picked}
          onChange={setPicked}
          valueFormat="DD.MM.YYYY HH:mm"
          defaultTimeValue="09:00"
          minDate={time.dateOf(time.dayOf(now))}
          clearable
          clearButtonProps={{ 'aria-label': t('app.clear') }}
          timePickerProps={{ 'aria-label': t('snooze.pickTime'), format: '24h' }}
          submitButtonProps={{ 'aria-label': t('snooze.confirmTime') }}
          size="xs"
        />
      </DatesProvider>
      {past && <Problem>{t('snooze.past')}</Problem>}
      {pickedAt !== null && !past && deadlineAt !== null && deadlineAt < pickedAt && (
        <Warning>{t('snooze.late', { at: words(deadlineAt) })}</Warning>
      )}
      <FormButtons submit={t('snooze.set')} disabled={pickedAt === null || past} onCancel={onCancel}>
        {ticket.snooze !== null && (
          <Button variant="default" onClick={() => onSnooze(null)}>
            {t('snooze.clear')}
          </Button>
        )}
      </FormButtons>
    </form>
  );
}

/** Date fields speak `YYYY-MM-DD HH:mm:ss` of a clock on the wall: the desk's, whatever zone the computer is in. */
function momentOf(wallClock: string): number | null {
  const [date = '', timeOfDay = ''] = wallClock.split(' ');
  return parseMoment(`${date.split('-').toReversed().join('.')} ${timeOfDay.slice(0, 5)}`);
}
