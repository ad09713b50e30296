import { Type, type Static } from 'typebox';
import { TemplateIdSchema } from '../ids.ts';
import { AnswerKindSchema } from '../regulation/answer-kind.ts';
import { LanguageSchema } from '../text/language.ts';

/**
 * Words that the service says often. Short ones are inserted by typing `::` and the shortcut.
 *
 * `text` is plain, paragraphs parted by an empty line, with slots in double braces (`text/slots.ts`).
 */
export const TemplateSchema = Type.Object({
  id: TemplateIdSchema,
  title: Type.String({ minLength: 1, maxLength: 200 }),
  /** What follows `::`; empty where there is none. Unique by agreement of the agents, not by force. */
  shortcut: Type.String({ pattern: '^[\\p{L}\\p{N}_-]{0,30}$' }),
  language: LanguageSchema,
  /** What an answer made of it is, if that is always the same. */
  answerKind: Type.Union([AnswerKindSchema, Type.Null()]),
  text: Type.String({ minLength: 1, maxLength: 20_000 }),
});
export type Template = Static<typeof TemplateSchema>;

/** `PUT /v1/templates/:id` (senior). */
export const PutTemplateSchema = Type.Omit(TemplateSchema, ['id']);
export type PutTemplate = Static<typeof PutTemplateSchema>;
