import { create } from 'zustand';
import type { Calendar } from '#shared/calendar/calendar.ts';
import type { Profile } from '#shared/regulation/profile.ts';

/** What is being made of the regulation. */
interface ProfileDraft {
  /** What it began with: what others have saved since is told by that. */
  readonly from: Profile;
  readonly draft: Profile;
}

/** What is being made of the working calendar. */
interface CalendarDraft {
  readonly from: Calendar;
  /** Its weekly hours are in `week`, as they are typed. */
  readonly draft: Calendar;
  readonly week: Readonly<Record<keyof Calendar['weeklyHours'], string>>;
}

interface SettingsDrafts {
  /** Null while nothing is typed: the page follows what others save. */
  readonly regulation: ProfileDraft | null;
  readonly calendar: CalendarDraft | null;
  readonly typeRegulation: (draft: ProfileDraft | null) => void;
  readonly typeCalendar: (draft: CalendarDraft | null) => void;
  /** For the next agent. */
  readonly forget: () => void;
}

const nothing = { regulation: null, calendar: null } as const;

/**
 * What an administrator has changed in the settings of all desks and not put into force, until logging out: whoever looks
 * at a ticket meanwhile finds it as it was left.
 */
export const useSettingsDrafts = create<SettingsDrafts>()((set) => ({
  ...nothing,
  typeRegulation: (regulation) => set({ regulation }),
  typeCalendar: (calendar) => set({ calendar }),
  forget: () => set(nothing),
}));

/** The pages of the settings on which something is not saved. */
export function useUnsavedTabs(): readonly ('regulation' | 'calendar')[] {
  const hasRegulation = useSettingsDrafts(({ regulation }) => regulation !== null);
  const hasCalendar = useSettingsDrafts(({ calendar }) => calendar !== null);
  return [
    ...(hasRegulation ? (['regulation'] as const) : []),
    ...(hasCalendar ? (['calendar'] as const) : []),
  ];
}
