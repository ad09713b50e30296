import { Type, type Static } from 'typebox';

/** A language of the desk. */
export const LanguageSchema = Type.Union([Type.Literal('ru'), Type.Literal('be'), Type.Literal('en')]);
export type Language = Static<typeof LanguageSchema>;
