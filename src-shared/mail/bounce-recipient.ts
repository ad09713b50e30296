import { Type, type Static } from 'typebox';

/** Somebody whom a letter did not reach, or not yet. */
export const BounceRecipientSchema = Type.Object({
  address: Type.String({ maxLength: 320 }),
  /** Enhanced status code (RFC 3463), `5.1.1`; null where the report names none. */
  status: Type.Union([Type.String({ maxLength: 20 }), Type.Null()]),
  /** False for delays and for failures that may pass (class 4). */
  permanent: Type.Boolean(),
});
export type BounceRecipient = Static<typeof BounceRecipientSchema>;
