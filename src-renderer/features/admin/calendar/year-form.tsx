import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Calendar } from '#shared/calendar/calendar.ts';
import { Badge } from '../../../ui/badge.tsx';
import { showErrors } from '../../../ui/show-errors.ts';
import { withYearConfirmed, withYearListed, yearStanding } from './edit-year.ts';

/** How sure the year on screen is, and the way to make it surer. */
export function YearStandingLine({
  calendar,
  year,
  onChange,
}: {
  readonly calendar: Calendar;
  readonly year: number;
  readonly onChange: (calendar: Calendar) => void;
}) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const standing = yearStanding(calendar, year);
  const source = calendar.years.find((listed) => listed.year === year)?.source;
  return (
    <p className="year-standing">
      <Badge
        tone={standing === 'confirmed' ? 'good' : 'warning'}
        icon={standing === 'confirmed' ? 'check' : 'alert'}
      >
        {t(`calendar.standing.${standing}`)}
      </Badge>
      {standing !== 'confirmed' && (
        <Button size="compact-xs" variant="default" onClick={() => setAsking(true)}>
          {t(standing === 'computed' ? 'calendar.begin' : 'calendar.confirm', { year })}
        </Button>
      )}
      <span className="quiet">{source ?? t('calendar.standingWhy')}</span>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t(standing === 'computed' ? 'calendar.begin' : 'calendar.confirm', { year })}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <YearForm
          about={t(standing === 'computed' ? 'calendar.beginAbout' : 'calendar.confirmAbout')}
          onCancel={() => setAsking(false)}
          onTake={(said) => {
            onChange(
              standing === 'computed'
                ? withYearListed(calendar, year, said)
                : withYearConfirmed(calendar, year, said),
            );
            setAsking(false);
          }}
        />
      </Modal>
    </p>
  );
}

function YearForm({
  about,
  onTake,
  onCancel,
}: {
  readonly about: string;
  readonly onTake: (source: string) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const [source, setSource] = useState('');
  const [isEmpty, setEmpty] = useState(false);
  return (
    <form
      ref={form}
      noValidate
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        // The dialog stands in the form of the calendar, as React sees it.
        event.stopPropagation();
        const said = source.trim();
        showErrors(form.current, () => setEmpty(said === ''));
        if (said !== '') onTake(said);
      }}
    >
      <p className="quiet settings-fact">{about}</p>
      <TextInput
        label={t('calendar.source')}
        description={t('calendar.sourceHint')}
        value={source}
        error={isEmpty && t('calendar.day.wrong.source')}
        maxLength={500}
        data-autofocus
        onChange={(event) => setSource(event.currentTarget.value)}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          {t('app.cancel')}
        </Button>
        <Button type="submit">{t('calendar.day.take')}</Button>
      </Group>
    </form>
  );
}
