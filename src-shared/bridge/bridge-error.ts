import { Type, type Static } from 'typebox';

/** Why a bridge call failed; the desk has words for each kind in every language. */
export const BridgeErrorSchema = Type.Object({
  kind: Type.Union([
    Type.Literal('invalid'),
    Type.Literal('not-signed-in'),
    Type.Literal('wrong-credentials'),
    Type.Literal('too-many-attempts'),
    Type.Literal('forbidden'),
    Type.Literal('not-found'),
    Type.Literal('conflict'),
    Type.Literal('upgrade-required'),
    /** The address does not answer: no such name, refused, timed out. */
    Type.Literal('unreachable'),
    Type.Literal('bad-certificate'),
    /** Something answers there, but not the protocol that was expected. */
    Type.Literal('unexpected-answer'),
    /** Plain text to a host that is not loopback, without the explicit switch. */
    Type.Literal('plain-text-refused'),
    /** The first log-in on this computer needs the network; so does one after the days that offline opening is allowed. */
    Type.Literal('offline-not-possible'),
    /** The key store of the operating system cannot open this profile's key, and the password does not open the escrow. */
    Type.Literal('key-lost'),
    /** A newer desk has worked on this computer; this one cannot read what it kept. */
    Type.Literal('newer-journal'),
    Type.Literal('disk-full'),
    Type.Literal('disk-failed'),
    Type.Literal('no-mailbox'),
    Type.Literal('bad-address'),
    Type.Literal('no-recipient'),
    Type.Literal('too-large'),
    /** A file of a kind that may run when it is opened. */
    Type.Literal('unsafe-file'),
    /** This computer has no program that opens such a file. */
    Type.Literal('no-program'),
    /** Something that must not be interrupted is under way: a letter is being sent. */
    Type.Literal('busy'),
    Type.Literal('internal'),
  ]),
  /** Present with `internal`: the same id is in the log. */
  id: Type.Optional(Type.String()),
});
export type BridgeError = Static<typeof BridgeErrorSchema>;
