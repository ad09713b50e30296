import { Value } from 'typebox/value';
import { parseCalendar, type CalendarError } from '../calendar/parse-calendar.ts';
import { err, ok, type Result } from '../result.ts';
import type { Category } from './category.ts';
import { parseProfile, type ProfileError } from './parse-profile.ts';
import { ProposedRegulationSchema, type ProposedRegulation } from './regulation.ts';

/** Why a regulation was refused. `path` is a JSON pointer into it. */
export interface RegulationError {
  readonly kind: ProfileError['kind'] | CalendarError['kind'];
  readonly path: string;
  readonly message: string;
}

/**
 * Checks profile, kinds of work and calendar that come from a file, an import or an admin, each on its own and against
 * each other, and returns the first fault found.
 */
export function parseRegulation(json: unknown): Result<ProposedRegulation, RegulationError> {
  if (!Value.Check(ProposedRegulationSchema, json)) {
    const first = Value.Errors(ProposedRegulationSchema, json)[0];
    return err({
      kind: 'malformed',
      path: first?.instancePath ?? '',
      message: first?.message ?? 'does not match the schema of a regulation',
    });
  }
  const fault = categoriesFault(json.categories);
  if (fault !== null) return err(fault);
  const profile = parseProfile(json.profile, json.categories);
  if (!profile.ok) return err({ ...profile.error, path: `/profile${profile.error.path}` });
  const calendar = parseCalendar(json.calendar);
  if (!calendar.ok) {
    const { kind, message } = calendar.error;
    const path = 'path' in calendar.error ? calendar.error.path : '/zone';
    return err({ kind, path: `/calendar${path}`, message });
  }
  return ok({ profile: profile.value, categories: json.categories, calendar: calendar.value });
}

function categoriesFault(categories: readonly Category[]): RegulationError | null {
  for (const [place, { id, item, facts }] of categories.entries()) {
    const path = `/categories/${place}`;
    const before = categories.slice(0, place);
    if (before.some((category) => category.id === id)) {
      return { kind: 'duplicate-entry', path, message: `the kind of work ${id} is listed twice` };
    }
    if (item !== null && before.some((category) => category.item === item)) {
      return { kind: 'duplicate-entry', path, message: `the item ${item} is listed twice` };
    }
    const names = facts.map((fact) => fact.id);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) {
      return { kind: 'duplicate-entry', path: `${path}/facts`, message: `${twice} is named twice` };
    }
  }
  return null;
}
