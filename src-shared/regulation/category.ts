import categories from '#resources/regulation/categories.json' with { type: 'json' };
import { Type } from 'typebox';
import type { Language } from '../text/language.ts';

/** A kind of work of the operator's profile, such as `disk-quota`. */
export const CategoryIdSchema = Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' });

/** One kind of work that the service does, or does not do. */
export interface Category {
  readonly id: string;
  /** Item of the list in regulation §2; null for what lies outside of the service's responsibility. */
  readonly item: number | null;
  readonly title: Readonly<Record<Language, string>>;
}

/** The kinds of work of regulation §2 in its order, and last what lies outside of it. */
export const defaultCategories: readonly Category[] = categories;
