import { Type, type Static } from 'typebox';

/** How far the desk is with becoming a newer one. */
export const UpdateStateSchema = Type.Object({
  state: Type.Union([
    /** No feed is set, or this is no installed application. */
    Type.Literal('off'),
    Type.Literal('idle'),
    Type.Literal('checking'),
    Type.Literal('available'),
    Type.Literal('downloading'),
    /** Restarting installs it. */
    Type.Literal('ready'),
    Type.Literal('failed'),
  ]),
  /** The newer version, once known. */
  version: Type.Union([Type.String(), Type.Null()]),
  /** What is new, as plain text. */
  notes: Type.String(),
  /** Of the download. */
  percent: Type.Union([Type.Integer({ minimum: 0, maximum: 100 }), Type.Null()]),
  problem: Type.Union([
    Type.Literal('unreachable'),
    /** The feed would bring programs over plain HTTP, and not from this computer. */
    Type.Literal('plain-text-refused'),
    /** The file is not the one that the feed promised. */
    Type.Literal('wrong-hash'),
    Type.Literal('unexpected-answer'),
    Type.Literal('disk-failed'),
    Type.Null(),
  ]),
});
export type UpdateState = Static<typeof UpdateStateSchema>;
