import { Type, type Static } from 'typebox';
import { MomentSchema } from '../moment.ts';
import { AgentSchema } from '../protocol/agent.ts';

export const ConnectionSchema = Type.Object({
  state: Type.Union([
    Type.Literal('off'),
    Type.Literal('connecting'),
    Type.Literal('online'),
    Type.Literal('waiting'),
  ]),
  /** Why it is not online. */
  problem: Type.Union([
    Type.Literal('unreachable'),
    Type.Literal('bad-certificate'),
    Type.Literal('wrong-credentials'),
    Type.Literal('plain-text-refused'),
    Type.Literal('unexpected-answer'),
    Type.Literal('folder-missing'),
    /** Connected, and yet not all letters have come for a long time. */
    Type.Literal('sync-stalled'),
    Type.Literal('no-mailbox'),
    Type.Literal('signed-out'),
    Type.Literal('upgrade-required'),
    Type.Literal('server-failed'),
    Type.Null(),
  ]),
  /** When the next try starts, for state `waiting`. */
  retryAt: Type.Union([MomentSchema, Type.Null()]),
  lastSyncAt: Type.Union([MomentSchema, Type.Null()]),
});
export type Connection = Static<typeof ConnectionSchema>;

/** How far the mailbox has been read. */
export const SyncProgressSchema = Type.Object({
  done: Type.Integer({ minimum: 0 }),
  total: Type.Integer({ minimum: 0 }),
});

/** What the status bar shows. */
export const DeskStatusSchema = Type.Object({
  mailbox: ConnectionSchema,
  api: ConnectionSchema,
  /** Null when nothing is being read. */
  progress: Type.Union([SyncProgressSchema, Type.Null()]),
  /** Corrected clock minus the computer's clock. */
  clockOffsetMs: Type.Integer(),
  pendingOperations: Type.Integer({ minimum: 0 }),
  rejectedOperations: Type.Integer({ minimum: 0 }),
  outgoing: Type.Integer({ minimum: 0 }),
  uncertain: Type.Integer({ minimum: 0 }),
  /** A part of the agent's work could not be read; its untouched copy lies beside the journal. */
  journalDamaged: Type.Boolean(),
});
export type DeskStatus = Static<typeof DeskStatusSchema>;

/** Who works at this desk. */
export const SessionStateSchema = Type.Union([
  Type.Object({
    state: Type.Literal('signed-out'),
    /** What the log-in form starts with. */
    apiUrl: Type.String(),
    login: Type.String(),
    /** An own certificate authority was chosen for `apiUrl`. */
    hasCertificate: Type.Boolean(),
    /** Why an agent who did not log out has to log in again; absent where there is nothing to explain. */
    why: Type.Optional(
      Type.Union([
        /** The API was away for longer than offline work is allowed. */
        Type.Literal('offline-too-long'),
        /** The API ended the session. */
        Type.Literal('session-ended'),
        /** The computer's key store does not open the agent's data; the password does. */
        Type.Literal('key-needed'),
      ]),
    ),
  }),
  Type.Object({
    state: Type.Literal('signed-in'),
    apiUrl: Type.String(),
    agent: AgentSchema,
    /** Names the cache database; opaque. */
    profileId: Type.String({ pattern: '^[0-9a-f]{32}$' }),
    /** True while the API has not confirmed the log-in since the start. */
    offline: Type.Boolean(),
    /** The service's own address, for recipients and direction; null until a mailbox record is known. */
    mailboxAddress: Type.Union([Type.String(), Type.Null()]),
  }),
]);
export type SessionState = Static<typeof SessionStateSchema>;
