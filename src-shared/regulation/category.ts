import categories from '#resources/regulation/categories.json' with { type: 'json' };
import { Type, type Static } from 'typebox';
import { FactSchema, LocalisedTextSchema } from './fact.ts';

/** A kind of work of the operator's profile, such as `disk-quota`. */
export const CategoryIdSchema = Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' });

/** One kind of work that the service does, or does not do. */
export const CategorySchema = Type.Object(
  {
    id: CategoryIdSchema,
    /** Item of the list in regulation §2; null for what lies outside of the service's responsibility. */
    item: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
    title: LocalisedTextSchema,
    /** What has to be known before the work can be done. */
    facts: Type.Array(FactSchema),
  },
  { additionalProperties: false },
);
export type Category = Static<typeof CategorySchema>;

/** The kinds of work of regulation §2 in its order, and last what lies outside of it. */
export const defaultCategories: readonly Category[] = categories;
