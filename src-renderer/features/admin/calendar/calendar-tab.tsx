import { ActionIcon, Button, Group, Title } from '@mantine/core';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Equal as isEqual } from 'typebox/value';
import type { Calendar } from '#shared/calendar/calendar.ts';
import { datePartsOf, epochDayOf, type CivilDate } from '#shared/calendar/civil-date.ts';
import type { PutRegulation } from '#shared/protocol/put-regulation.ts';
import { parseRegulation } from '#shared/regulation/parse-regulation.ts';
import { useDesk } from '../../../state/desk-context.ts';
import { usePanels } from '../../../state/panels.ts';
import { useSettingsDrafts } from '../../../state/settings-drafts.ts';
import { Icon } from '../../../ui/icon.tsx';
import { PageTitle } from '../../../ui/page-title.tsx';
import { Problem, Warning } from '../../../ui/problem.tsx';
import { showErrors } from '../../../ui/show-errors.ts';
import { faultInFile, type Fault } from '../regulation/fault-words.ts';
import { MovedDialog, type PutProblem } from '../regulation/moved-dialog.tsx';
import { useRegulation } from '../regulation/use-regulation.ts';
import { CalendarFile } from './calendar-file.tsx';
import { ClosureList } from './closure-list.tsx';
import { DayForm } from './day-form.tsx';
import { misreadWeekday, WeekFields, weekHours, weekTexts } from './week-fields.tsx';
import { YearStandingLine } from './year-form.tsx';
import { YearGrid } from './year-grid.tsx';
import './calendar.css';

const firstYear = 2020;
const lastYear = 2098;

/** The working calendar of the service: a year at a time, the ordinary week, interruptions. */
export function CalendarTab() {
  const { t } = useTranslation();
  const { now, calendar: inForce, policy } = useDesk();
  const { current, propose } = useRegulation();
  const tell = usePanels((panels) => panels.tell);
  const form = useRef<HTMLFormElement>(null);
  const typed = useSettingsDrafts(({ calendar }) => calendar);
  const setTyped = useSettingsDrafts(({ typeCalendar }) => typeCalendar);
  const [cursor, setCursor] = useState(() => inForce.workingTime(policy.shortDayMinutes).dayOf(now));
  const [openDate, setOpenDate] = useState<CivilDate | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [misread, setMisread] = useState<ReturnType<typeof misreadWeekday>>(null);
  const [problem, setProblem] = useState<PutProblem | null>(null);
  const [proposed, setProposed] = useState<PutRegulation | null>(null);
  const fresh = current.calendar;
  const draft = typed?.draft ?? fresh;
  const week = useMemo(() => typed?.week ?? weekTexts(fresh), [typed, fresh]);
  const whole = useMemo<Calendar>(
    () => (misreadWeekday(week) === null ? { ...draft, weeklyHours: weekHours(week) } : draft),
    [draft, week],
  );
  const isChanged = typed !== null && !isEqual([whole, week], [fresh, weekTexts(fresh)]);
  const changedMeanwhile = typed !== null && !isEqual(typed.from, fresh);
  const { year } = datePartsOf(cursor);
  const edit = (changed: Calendar, texts = week) => {
    const from = typed?.from ?? fresh;
    const isAsBefore = isEqual([changed, texts], [from, weekTexts(from)]);
    setTyped(isAsBefore ? null : { from, draft: changed, week: texts });
  };
  const drop = () => {
    setTyped(null);
    setFault(null);
    setMisread(null);
    setProblem(null);
  };
  const showYear = (wanted: number) => {
    const { month, day } = datePartsOf(cursor);
    setCursor(epochDayOf(Math.min(Math.max(wanted, firstYear), lastYear), month, Math.min(day, 28)));
  };

  const ask = () => {
    const unread = misreadWeekday(week);
    const wanted = propose({ calendar: whole });
    const { profile, categories, calendar } = wanted;
    const parsed = parseRegulation({ profile, categories, calendar });
    setProblem(null);
    showErrors(form.current, () => {
      setMisread(unread);
      setFault(parsed.ok ? null : parsed.error);
    });
    if (unread === null && parsed.ok) setProposed(wanted);
  };

  return (
    <>
      <PageTitle>{t('calendar.title')}</PageTitle>
      <p className="quiet settings-about">{t('calendar.about', { version: fresh.version })}</p>
      <form
        ref={form}
        noValidate
        className="form regulation-form"
        aria-label={t('calendar.title')}
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        {changedMeanwhile && (
          <Warning>
            {t('regulation.changedMeanwhile')}{' '}
            <button type="button" className="text-button" onClick={drop}>
              {t('app.takeTheirs')}
            </button>
          </Warning>
        )}
        <div className="year-head">
          <ActionIcon
            variant="default"
            aria-label={t('calendar.previous')}
            disabled={year <= firstYear}
            onClick={() => showYear(year - 1)}
          >
            <Icon name="left" />
          </ActionIcon>
          <Title order={2} size="h3" aria-live="polite">
            {year}
          </Title>
          <ActionIcon
            variant="default"
            aria-label={t('calendar.next')}
            disabled={year >= lastYear}
            onClick={() => showYear(year + 1)}
          >
            <Icon name="right" />
          </ActionIcon>
          <YearStandingLine calendar={draft} year={year} onChange={(changed) => edit(changed)} />
        </div>
        <YearGrid calendar={whole} year={year} cursor={cursor} onCursor={setCursor} onOpen={setOpenDate} />
        <Part title={t('calendar.week')}>
          <p className="quiet settings-fact">{t('calendar.day.hoursHint')}</p>
          <WeekFields texts={week} misread={misread} fault={fault} onChange={(texts) => edit(draft, texts)} />
        </Part>
        <Part title={t('calendar.closures.title')}>
          <ClosureList closures={draft.closures} onChange={(closures) => edit({ ...draft, closures })} />
        </Part>
        <div className="settings-save">
          {fault !== null && misread === null && (
            <Problem>
              {t('fault.notSaved')} {faultInFile(fault, t)}
            </Problem>
          )}
          {problem !== null && <Problem>{t(problem)}</Problem>}
          <Group gap="xs">
            <Button type="submit" disabled={!isChanged}>
              {t('regulation.check')}
            </Button>
            {isChanged && (
              <Button variant="default" onClick={drop}>
                {t('regulation.drop')}
              </Button>
            )}
          </Group>
        </div>
      </form>
      <Part title={t('calendar.file.title')}>
        <CalendarFile calendar={fresh} onRead={(read) => edit(read, weekTexts(read))} />
      </Part>
      <DayForm
        calendar={whole}
        date={openDate}
        onChange={(changed) => edit(changed)}
        onClose={() => setOpenDate(null)}
      />
      <MovedDialog
        proposed={proposed}
        onClose={() => setProposed(null)}
        onProblem={setProblem}
        onSaved={() => {
          drop();
          tell({ tone: 'success', key: 'calendar.saved' });
        }}
      />
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="settings-section form" aria-label={title}>
      <Title order={2} size="h3">
        {title}
      </Title>
      {children}
    </section>
  );
}
