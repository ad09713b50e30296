import { Type, type Static } from 'typebox';
import { CalendarSchema } from '../calendar/calendar.ts';
import { MomentSchema } from '../moment.ts';
import { CategorySchema } from './category.ts';
import { ProfileSchema } from './profile.ts';

/** What an admin edits: the operator's rules, kinds of work and working calendar, always together. */
const edited = {
  profile: ProfileSchema,
  categories: Type.Array(CategorySchema),
  calendar: CalendarSchema,
};

/**
 * One version of everything by which tickets are judged; an entity of the feed for each, never changed.
 *
 * What happened while a version was in force is judged by it for ever; only what is still open moves on to a newer one.
 */
export const RegulationSchema = Type.Object({
  /** From 1; what ships with the product, and holds until an admin has said otherwise, is 0. */
  revision: Type.Integer({ minimum: 1 }),
  /** In force from this moment on, until the next revision. */
  since: MomentSchema,
  ...edited,
});
export type Regulation = Static<typeof RegulationSchema>;

/** A regulation as it is proposed. */
export const ProposedRegulationSchema = Type.Object(edited);
export type ProposedRegulation = Static<typeof ProposedRegulationSchema>;
