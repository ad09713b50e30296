import { memo, useMemo, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Calendar } from '#shared/calendar/calendar.ts';
import {
  civilDateOf,
  datePartsOf,
  epochDayOf,
  type CivilDate,
  type EpochDay,
} from '#shared/calendar/civil-date.ts';
import { formatWeekday } from '#shared/text/format-moment.ts';
import { languageOf } from '../../../language/words.ts';
import { dayLooks } from './day-look.ts';
import { useDayWords } from './use-day-words.ts';
import { dayAfterKey, monthsOf, type MonthWeeks } from './year-days.ts';

const DAY_MS = 86_400_000;
/** 5 January 1970 was a Monday. */
const someMonday = 4;

/**
 * A year as twelve months, Monday first. One day of it takes the keyboard; arrows go by day and week, Page Up and Page Down
 * by month, Enter and Space open the day.
 */
export const YearGrid = memo(function YearGrid({
  calendar,
  year,
  cursor,
  onCursor,
  onOpen,
}: {
  readonly calendar: Calendar;
  readonly year: number;
  /** The day that takes the keyboard. */
  readonly cursor: EpochDay;
  /** The keyboard went to another day, perhaps of another year. */
  readonly onCursor: (day: EpochDay) => void;
  readonly onOpen: (date: CivilDate) => void;
}) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const months = useMemo(() => monthsOf(calendar, year), [calendar, year]);
  const held = datePartsOf(cursor).year === year ? cursor : epochDayOf(year, 1, 1);
  const onKey = (event: KeyboardEvent) => {
    const day = dayAfterKey(held, event.key);
    if (day === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    onCursor(day);
    // Drawn first when it is a day of another year.
    requestAnimationFrame(() =>
      place.current?.querySelector<HTMLElement>(`[data-date="${civilDateOf(day)}"]`)?.focus(),
    );
  };
  return (
    <>
      <div ref={place} className="year-grid" role="group" aria-label={t('calendar.year', { year })}>
        {months.map((weeks, index) => (
          <MonthGrid
            key={weeks[1]?.[0]?.date ?? index}
            calendar={calendar}
            year={year}
            month={index + 1}
            weeks={weeks}
            held={held}
            onCursor={onCursor}
            onKey={onKey}
            onOpen={onOpen}
          />
        ))}
      </div>
      <ul className="year-legend" aria-label={t('calendar.legend')}>
        {dayLooks.map((look) => (
          <li key={look}>
            <span className="day-mark" data-look={look} aria-hidden="true" /> {t(`calendar.look.${look}`)}
          </li>
        ))}
        <li>
          <span className="day-mark" data-provisional aria-hidden="true" /> {t('calendar.provisional')}
        </li>
      </ul>
    </>
  );
});

function MonthGrid({
  calendar,
  year,
  month,
  weeks,
  held,
  onCursor,
  onKey,
  onOpen,
}: {
  readonly calendar: Calendar;
  readonly year: number;
  readonly month: number;
  readonly weeks: MonthWeeks;
  readonly held: EpochDay;
  readonly onCursor: (day: EpochDay) => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onOpen: (date: CivilDate) => void;
}) {
  const { t, i18n } = useTranslation();
  const language = languageOf(i18n);
  const words = useDayWords(calendar);
  const name = t(`calendar.months.${monthKey(month)}`);
  return (
    <table className="month-grid" aria-label={t('calendar.monthOf', { name, year })}>
      <caption aria-hidden="true">{name}</caption>
      <thead>
        <tr>
          {Array.from({ length: 7 }, (_, weekday) => (
            <th key={weekday} scope="col">
              {formatWeekday((someMonday + weekday) * DAY_MS, language, 'UTC')}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.find((each) => each !== null)?.date}>
            {week.map((each, weekday) => (
              <td key={each?.date ?? `gap ${weekday}`}>
                {each !== null && (
                  <button
                    type="button"
                    className="day-cell"
                    data-look={each.look}
                    data-date={each.date}
                    data-provisional={!each.plan.isConfirmed || undefined}
                    tabIndex={each.day === held ? 0 : -1}
                    title={words(each)}
                    onFocus={() => {
                      if (each.day !== held) onCursor(each.day);
                    }}
                    onKeyDown={onKey}
                    onClick={() => onOpen(each.date)}
                  >
                    {each.dayOfMonth}
                    <span className="unseen"> {words(each)}</span>
                  </button>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const monthKeys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'] as const;

function monthKey(month: number): (typeof monthKeys)[number] {
  return monthKeys[month - 1] ?? '1';
}
