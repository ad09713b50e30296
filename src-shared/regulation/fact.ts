import { Type, type Static } from 'typebox';

const closed = { additionalProperties: false } as const;

/** A name that the profile gives to something of its own. */
export const ProfileIdSchema = Type.String({ pattern: '^[a-z][a-zA-Z0-9-]{0,39}$' });

/** Words in the three languages that the service speaks. */
export const LocalisedTextSchema = Type.Object(
  { ru: Type.String({ minLength: 1 }), be: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) },
  closed,
);
export type LocalisedText = Static<typeof LocalisedTextSchema>;

/** Something that has to be written down before a reason can be given, or a kind of work be done. */
export const FactSchema = Type.Object({ id: ProfileIdSchema, label: LocalisedTextSchema }, closed);
export type Fact = Static<typeof FactSchema>;
