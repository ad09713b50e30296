import { Type, type Static } from 'typebox';

const closed = { additionalProperties: false } as const;

const DateText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const TimeText = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$' });
const LocalDateTimeText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T([01]\\d|2[0-3]):[0-5]\\d$' });

/** Whether an official text was seen for a statement; a provisional one marks every due date that rests on it. */
const Status = Type.Union([Type.Literal('confirmed'), Type.Literal('provisional')]);

/** Where a statement comes from, and how sure it is. Every entry of a calendar carries both. */
const provenance = { source: Type.String({ minLength: 1 }), status: Status };

const Hours = Type.Object({ opensAt: TimeText, closesAt: TimeText }, closed);

/** Working hours of one day in order of time; empty on a day off. More than one part leaves a break between. */
const DayHours = Type.Array(Hours);

const LocalisedName = Type.Object({ ru: Type.String(), be: Type.String(), en: Type.String() }, closed);

/** A holiday by rule, for years that have no list of their own. `since` is the first year it holds in. */
const HolidayRule = Type.Object(
  {
    name: Type.String(),
    on: Type.Union([
      Type.Object(
        { month: Type.Integer({ minimum: 1, maximum: 12 }), day: Type.Integer({ minimum: 1, maximum: 31 }) },
        closed,
      ),
      Type.Object({ daysAfterOrthodoxEaster: Type.Integer() }, closed),
    ]),
    since: Type.Optional(Type.Integer()),
  },
  closed,
);

/**
 * The working calendar of the desk, as it is stored, edited and exchanged.
 *
 * Dates and times are civil ones of `zone`. A year that `years` does not list is computed: weekends and
 * `holidayRules`, without moved days, and marked unconfirmed throughout.
 */
export const CalendarSchema = Type.Object(
  {
    /** Changes with every edit; deadlines name the version they were computed from. */
    version: Type.String({ minLength: 1 }),
    zone: Type.String(),
    weeklyHours: Type.Object(
      {
        monday: DayHours,
        tuesday: DayHours,
        wednesday: DayHours,
        thursday: DayHours,
        friday: DayHours,
        saturday: DayHours,
        sunday: DayHours,
      },
      closed,
    ),
    holidayNames: Type.Record(Type.String(), LocalisedName),
    holidayRules: Type.Array(HolidayRule),
    years: Type.Array(
      Type.Object({ year: Type.Integer({ minimum: 1970, maximum: 2099 }), ...provenance }, closed),
    ),
    holidays: Type.Array(Type.Object({ date: DateText, name: Type.String(), ...provenance }, closed)),
    /** A working day that became a day off, and the day off that is worked for it (Labour Code art. 136). */
    movedDays: Type.Array(Type.Object({ dayOff: DateText, workedOn: DateText, ...provenance }, closed)),
    /** Working days before a holiday, one hour shorter where the desk follows Labour Code art. 116. */
    shortDays: Type.Array(Type.Object({ date: DateText, ...provenance }, closed)),
    /** Hours of the desk's own for single dates; they override everything else about the date. */
    ownHours: Type.Array(Type.Object({ date: DateText, hours: DayHours, ...provenance }, closed)),
    /** Interruptions of the desk's work (regulation section 6), in local time, end exclusive. */
    closures: Type.Array(
      Type.Object({ from: LocalDateTimeText, to: LocalDateTimeText, ...provenance }, closed),
    ),
  },
  closed,
);

/** See {@link CalendarSchema}. A value of this type that came from outside went through `parseCalendar`. */
export type Calendar = Static<typeof CalendarSchema>;

/** See {@link HolidayRule}. */
export type HolidayRule = Static<typeof HolidayRule>;
