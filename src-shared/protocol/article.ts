import { Type, type Static } from 'typebox';
import { ArticleIdSchema } from '../ids.ts';

/** A page of the knowledge base that answers refer to: its title and link, never its content (regulation §3). */
export const ArticleSchema = Type.Object({
  id: ArticleIdSchema,
  title: Type.String({ minLength: 1, maxLength: 300 }),
  /** http or https, host in ASCII form. */
  url: Type.String({ pattern: '^https?://[^\\s]+$', maxLength: 2000 }),
  /** Words that agents look for besides those of the title. */
  keywords: Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { maxItems: 50 }),
});
export type Article = Static<typeof ArticleSchema>;

/** `PUT /v1/articles/:id` (senior). */
export const PutArticleSchema = Type.Omit(ArticleSchema, ['id']);
export type PutArticle = Static<typeof PutArticleSchema>;

/** `POST /v1/articles/import` (senior): all of them or none. An id that exists is replaced. */
export const ImportArticlesSchema = Type.Object({
  articles: Type.Array(ArticleSchema, { minItems: 1, maxItems: 1000 }),
});
