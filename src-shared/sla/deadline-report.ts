import type { CompiledCalendar } from '../calendar/compile-calendar.ts';
import { formatIsoMoment } from '../calendar/iso-moment.ts';
import type { ZoneOffsets } from '../calendar/zone-offsets.ts';
import type { DeadlinePolicy } from '../regulation/deadline-policy.ts';
import { basisOf, type LedgerBasis } from './ledger-basis.ts';
import { explainDeadline, type LedgerStep } from './ledger.ts';

/**
 * One step of the proof as it is printed: what the ledger knows, the date, the reason in words, what it rests on and
 * the calendar it was read from. Moments are ISO 8601 by the wall clock of the calendar's zone.
 */
export interface LedgerEntry {
  readonly kind: LedgerStep['kind'];
  readonly date: string;
  /** In Russian, as a dispute about the regulation needs it. */
  readonly why: string;
  readonly clause: LedgerBasis;
  readonly calendarVersion: string;
  readonly at?: string;
  readonly number?: number;
  readonly closesAt?: string;
  readonly insteadOf?: string;
  readonly workedOn?: string;
  readonly source?: string;
  /** Only where the calendar has no official source for the date. */
  readonly status?: 'provisional';
}

/** A deadline and its proof as JSON. */
export interface DeadlineReport {
  readonly received: string;
  readonly deadline: string;
  readonly target: string;
  readonly ledger: readonly LedgerEntry[];
}

const RULES: Readonly<Record<DeadlinePolicy['mode'], string>> = {
  A: 'день получения не считается',
  C: 'день регистрации не считается, полученное вне рабочего времени регистрируется в следующий рабочий день',
  D: 'день получения считается, если он рабочий и работа ещё не закончилась',
};

/** Prints the proof of one receipt. `offsets` are those of the calendar's zone. */
export function reportDeadline(
  receivedAt: number,
  calendar: CompiledCalendar,
  policy: DeadlinePolicy,
  offsets: ZoneOffsets,
): DeadlineReport {
  const { deadlineAt, targetAt, ledger } = explainDeadline(receivedAt, calendar, policy);
  const iso = (at: number): string => formatIsoMoment(at, offsets);
  return {
    received: iso(receivedAt),
    deadline: iso(deadlineAt),
    target: iso(targetAt),
    ledger: ledger.map((step) => entryOf(step, iso(receivedAt).slice(0, 10), calendar, iso)),
  };
}

function entryOf(
  step: LedgerStep,
  receivedOn: string,
  { version, calendar }: CompiledCalendar,
  iso: (at: number) => string,
): LedgerEntry {
  const entry = (date: string, why: string): LedgerEntry => ({
    kind: step.kind,
    date,
    why,
    clause: basisOf(step),
    calendarVersion: version,
    ...('isConfirmed' in step && !step.isConfirmed ? { status: 'provisional' as const } : {}),
  });
  switch (step.kind) {
    case 'rule':
      return entry(receivedOn, `время реакции не более ${daysWords(step.days)}; ${RULES[step.reading]}`);
    case 'received':
      return {
        ...entry(step.date, step.isInHours ? 'получено в рабочее время' : 'получено вне рабочего времени'),
        at: iso(step.at),
      };
    case 'day-zero':
      return entry(step.date, 'день, с которого начинается срок; не считается');
    case 'after-hours':
      return entry(step.date, 'рабочий день уже закончился; не считается');
    case 'counted':
      return {
        ...entry(step.date, countedWords(step)),
        number: step.number,
        closesAt: iso(step.closesAt),
        ...(step.insteadOf === null ? {} : { insteadOf: step.insteadOf }),
      };
    case 'weekend':
      return entry(step.date, 'выходной день');
    case 'holiday':
      return entry(step.date, `праздничный день: ${calendar.holidayNames[step.name]?.ru ?? step.name}`);
    case 'moved-off':
      return {
        ...entry(step.date, `рабочий день перенесён на ${step.workedOn}`),
        workedOn: step.workedOn,
        source: step.source,
      };
    case 'own-day-off':
      return {
        ...entry(step.date, 'нерабочий день службы'),
        source: step.source,
      };
    case 'closure':
      return {
        ...entry(step.date, 'перерыв в работе службы'),
        source: step.source,
      };
    case 'due':
      return {
        ...entry(
          step.date,
          step.clause === 'civil-code-195'
            ? 'ответ не позднее конца работы службы в последний день'
            : 'ответ не позднее конца последнего дня',
        ),
        at: iso(step.at),
      };
    case 'target': {
      const at = iso(step.at);
      return { ...entry(at.slice(0, 10), 'внутренняя цель службы, не позже срока'), at };
    }
  }
}

/** In the genitive that «не более» takes. */
function daysWords(days: number): string {
  return days % 10 === 1 && days % 100 !== 11 ? `${days} рабочего дня` : `${days} рабочих дней`;
}

function countedWords({
  number,
  isShort,
  insteadOf,
}: Extract<LedgerStep, { readonly kind: 'counted' }>): string {
  return [
    `рабочий день ${number}`,
    ...(isShort ? ['предпраздничный'] : []),
    ...(insteadOf === null ? [] : [`рабочая суббота за ${insteadOf}`]),
  ].join(', ');
}
