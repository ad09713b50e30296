import { Button, Checkbox, Group, Modal, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Calendar } from '#shared/calendar/calendar.ts';
import type { CivilDate } from '#shared/calendar/civil-date.ts';
import { parseCalendar } from '#shared/calendar/parse-calendar.ts';
import { languageOf } from '../../../language/words.ts';
import { civilDateWords } from '../../../ui/civil-date-words.ts';
import { Problem } from '../../../ui/problem.tsx';
import { showErrors } from '../../../ui/show-errors.ts';
import type { Fault } from '../regulation/fault-words.ts';
import { formatDateText, parseDateText } from './date-text.ts';
import { dayEntry, dayKinds, isMove, withDayEntry, type DayEntry } from './edit-day.ts';
import { formatHours, parseHours } from './hours-text.ts';

type Field = 'hours' | 'otherDate' | 'source';
type DayWords = 'calendar.day.wrong.hours' | 'calendar.day.wrong.date' | 'calendar.day.wrong.source';
interface DayProblem {
  /** Null: it is said below the fields. */
  readonly field: Field | null;
  readonly key: DayWords | `fault.${Fault['kind']}`;
}

/** What a date is: by what the government or the service said, and where that stands. */
export function DayForm({
  calendar,
  date,
  onChange,
  onClose,
}: {
  readonly calendar: Calendar;
  /** Null: no day is open. */
  readonly date: CivilDate | null;
  /** Gets a calendar without fault. */
  readonly onChange: (calendar: Calendar) => void;
  readonly onClose: () => void;
}) {
  const { t, i18n } = useTranslation();
  return (
    <Modal
      opened={date !== null}
      onClose={onClose}
      title={date === null ? '' : civilDateWords(date, languageOf(i18n))}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {date !== null && <DayFields calendar={calendar} date={date} onChange={onChange} onClose={onClose} />}
    </Modal>
  );
}

function DayFields({
  calendar,
  date,
  onChange,
  onClose,
}: {
  readonly calendar: Calendar;
  readonly date: CivilDate;
  readonly onChange: (calendar: Calendar) => void;
  readonly onClose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const language = languageOf(i18n);
  const form = useRef<HTMLFormElement>(null);
  const [entry, setEntry] = useState<DayEntry>(() => dayEntry(calendar, date));
  const [hours, setHours] = useState(() => formatHours(entry.hours));
  const [otherDate, setOtherDate] = useState(() =>
    entry.otherDate === '' ? '' : formatDateText(entry.otherDate),
  );
  const [problem, setProblem] = useState<DayProblem | null>(null);
  const change = (part: Partial<DayEntry>) => setEntry({ ...entry, ...part });
  const wrong = (field: Field) => (problem?.field === field ? t(problem.key) : null);
  const { kind } = entry;
  const isBare = kind === 'ordinary' && !entry.isShort;

  const take = () => {
    const found = changed(calendar, date, entry, hours, otherDate, isBare);
    if ('field' in found) return showErrors(form.current, () => setProblem(found));
    onChange(found.calendar);
    return onClose();
  };

  return (
    <form
      ref={form}
      noValidate
      className="form"
      aria-label={t('calendar.day.title')}
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <Select
        label={t('calendar.day.kind')}
        data={dayKinds.map((value) => ({ value, label: t(`calendar.day.kinds.${value}`) }))}
        value={kind}
        allowDeselect={false}
        data-autofocus
        onChange={(value) => change({ kind: dayKinds.find((known) => known === value) ?? kind })}
      />
      {kind === 'holiday' && (
        <Select
          label={t('calendar.day.name')}
          data={Object.entries(calendar.holidayNames).map(([value, names]) => ({
            value,
            label: names[language],
          }))}
          value={entry.name}
          allowDeselect={false}
          onChange={(name) => change({ name: name ?? entry.name })}
        />
      )}
      {isMove(kind) && (
        <TextInput
          label={t(kind === 'worked' ? 'calendar.day.insteadOf' : 'calendar.day.workedOn')}
          description={t('calendar.day.dateHint')}
          value={otherDate}
          error={wrong('otherDate')}
          maxLength={10}
          onChange={(event) => setOtherDate(event.currentTarget.value)}
        />
      )}
      {kind === 'own-hours' && (
        <TextInput
          label={t('calendar.day.hours')}
          description={t('calendar.day.hoursHint')}
          value={hours}
          error={wrong('hours')}
          maxLength={200}
          onChange={(event) => setHours(event.currentTarget.value)}
        />
      )}
      {(kind === 'ordinary' || kind === 'worked') && (
        <Checkbox
          label={t('calendar.day.short')}
          checked={entry.isShort}
          onChange={(event) => change({ isShort: event.currentTarget.checked })}
        />
      )}
      {!isBare && (
        <>
          <TextInput
            label={t('calendar.source')}
            description={t('calendar.sourceHint')}
            value={entry.source}
            error={wrong('source')}
            maxLength={500}
            onChange={(event) => change({ source: event.currentTarget.value })}
          />
          <StatusField status={entry.status} onChange={(status) => change({ status })} />
        </>
      )}
      {problem?.field === null && <Problem>{t(problem.key)}</Problem>}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button type="submit">{t('calendar.day.take')}</Button>
      </Group>
    </form>
  );
}

/** Whether an official text was seen. */
function StatusField({
  status,
  onChange,
}: {
  readonly status: DayEntry['status'];
  readonly onChange: (status: DayEntry['status']) => void;
}) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      aria-label={t('calendar.status')}
      value={status}
      data={(['confirmed', 'provisional'] as const).map((value) => ({
        value,
        label: t(`calendar.statusOf.${value}`),
      }))}
      onChange={(value) => onChange(value === 'confirmed' ? 'confirmed' : 'provisional')}
    />
  );
}

/** The calendar with what the form says, or what is wrong with that. */
function changed(
  calendar: Calendar,
  date: CivilDate,
  entry: DayEntry,
  hoursText: string,
  otherText: string,
  isBare: boolean,
): { readonly calendar: Calendar } | DayProblem {
  const hours = parseHours(hoursText);
  if (entry.kind === 'own-hours' && (hours === null || hours.length === 0)) {
    return { field: 'hours', key: 'calendar.day.wrong.hours' };
  }
  const otherDate = parseDateText(otherText);
  if (isMove(entry.kind) && otherDate === null) return { field: 'otherDate', key: 'calendar.day.wrong.date' };
  if (!isBare && entry.source.trim() === '') return { field: 'source', key: 'calendar.day.wrong.source' };
  const parsed = parseCalendar(
    withDayEntry(calendar, date, { ...entry, hours: hours ?? [], otherDate: otherDate ?? '' }),
  );
  if (parsed.ok) return { calendar: parsed.value };
  const { kind } = parsed.error;
  return { field: fieldOf(kind, entry), key: `fault.${kind}` };
}

function fieldOf(kind: Fault['kind'], entry: DayEntry): Field | null {
  if (kind === 'hours-overlap' || kind === 'hours-out-of-order') return 'hours';
  return isMove(entry.kind) ? 'otherDate' : null;
}
