import { Type } from 'typebox';
import {
  AgentIdSchema,
  ArticleIdSchema,
  BlockedSenderIdSchema,
  DraftIdSchema,
  LetterIdSchema,
  OperationIdSchema,
  OutgoingIdSchema,
  TemplateIdSchema,
  TicketIdSchema,
} from '../ids.ts';
import { AgentSchema, ChangeAgentSchema, CreateAgentSchema } from '../protocol/agent.ts';
import { ImportArticlesSchema, PutArticleSchema } from '../protocol/article.ts';
import { PutBlockedSenderSchema } from '../protocol/blocked-sender.ts';
import { MailboxAnswerSchema, MailServerSchema, PutMailboxRecordSchema } from '../protocol/mailbox-record.ts';
import { ServiceSettingsSchema } from '../protocol/service-settings.ts';
import { PresenceSchema, PutPresenceSchema } from '../protocol/presence.ts';
import { PutRegulationSchema, RegulationPreviewSchema } from '../protocol/put-regulation.ts';
import { PutTemplateSchema } from '../protocol/template.ts';
import { ProposedRegulationSchema, RegulationSchema } from '../regulation/regulation.ts';
import { LetterLocationSchema } from '../ticket/letter.ts';
import { OperationSchema } from '../ticket/operation.ts';
import { AttentionSchema, NewsSchema } from './attention.ts';
import { DeskStatusSchema, SessionStateSchema } from './desk-status.ts';
import { DraftSchema, OutgoingSchema } from './draft.ts';
import { NoteDraftSchema } from './note-draft.ts';
import { PendingOperationSchema } from './pending.ts';
import { PreferencesSchema } from './preferences.ts';
import { AttachmentRequestSchema } from './streams.ts';
import { UpdateStateSchema } from './update-state.ts';

const Nothing = Type.Object({});

/**
 * Every call from a window to the main process, the only list there is: the preload's allow-list, the main process's
 * handler map and the renderer's client are derived from it.
 *
 * A call answers `Result<value, BridgeError>`; bulk data goes by the streams of `streams.ts`.
 */
export const bridgeCalls = {
  'app.info': {
    params: Nothing,
    value: Type.Object({
      version: Type.String(),
      platform: Type.String(),
      /** How well the operating system guards keys; `basic_text` guards nothing and the desk says so. */
      keyStore: Type.Union([
        Type.Literal('guarded'),
        Type.Literal('basic_text'),
        Type.Literal('unavailable'),
      ]),
    }),
  },
  /** Opens an allowed link in the system's browser. */
  'app.openExternal': { params: Type.Object({ url: Type.String({ maxLength: 4000 }) }), value: Nothing },
  /** Answers with what it got: measures the bridge. */
  'app.echo': {
    params: Type.Object({ text: Type.String({ maxLength: 10_000 }) }),
    value: Type.Object({ text: Type.String() }),
  },

  'preferences.get': { params: Nothing, value: PreferencesSchema },
  /** Resolves after they are on disk. */
  'preferences.put': { params: PreferencesSchema, value: Nothing },

  /** Asks a ticket API whether it is one, before anybody logs in. */
  'api.test': {
    params: Type.Object({
      apiUrl: Type.String({ minLength: 1, maxLength: 2000 }),
      certificateAuthority: Type.Union([Type.String({ maxLength: 100_000 }), Type.Null()]),
    }),
    value: Nothing,
  },

  'session.get': { params: Nothing, value: SessionStateSchema },
  'session.logIn': {
    params: Type.Object({
      apiUrl: Type.String({ minLength: 1, maxLength: 2000 }),
      login: Type.String({ minLength: 1, maxLength: 64 }),
      password: Type.String({ minLength: 1, maxLength: 256 }),
      /** PEM of an own certificate authority for the API, null for none; absent: as it was for this address. */
      certificateAuthority: Type.Optional(Type.Union([Type.String({ maxLength: 100_000 }), Type.Null()])),
    }),
    value: SessionStateSchema,
  },
  'session.logOut': { params: Nothing, value: SessionStateSchema },
  /** Base64 of the 32-byte key of this profile's cache, derived from the data key for this one use. */
  'session.cacheKey': { params: Nothing, value: Type.Object({ key: Type.String() }) },

  'status.get': { params: Nothing, value: DeskStatusSchema },
  /** Tries the mailbox and the API at once instead of at the next retry. */
  'status.retryNow': { params: Nothing, value: Nothing },

  /** Which colleagues have which tickets before them, as far as the API told. */
  'presence.get': { params: Nothing, value: PresenceSchema },
  /** What the agent has before them; colleagues are told while the API is there. */
  'presence.set': { params: PutPresenceSchema, value: Nothing },

  /** Resolves after the operation is on disk. */
  'operations.submit': { params: Type.Object({ operation: OperationSchema }), value: PendingOperationSchema },
  /**
   * Resolves after all of them are on disk: together or not at all. With the draft of the letter for which they make a
   * ticket, that ticket is made when the letter is sent, and never if the draft is discarded.
   */
  'operations.submitAll': {
    params: Type.Object({
      operations: Type.Array(OperationSchema, { minItems: 1, maxItems: 10 }),
      draft: Type.Union([DraftSchema, Type.Null()]),
    }),
    value: Nothing,
  },
  /** Drops a rejected operation. */
  'operations.drop': { params: Type.Object({ id: OperationIdSchema }), value: Nothing },

  /** Resolves after the draft is on disk. */
  'drafts.save': { params: Type.Object({ draft: DraftSchema }), value: Nothing },
  'drafts.discard': { params: Type.Object({ id: DraftIdSchema }), value: Nothing },

  /** Resolves after the half-written note is on disk; submitting the operation of its id takes it away. */
  'notes.save': { params: Type.Object({ note: NoteDraftSchema }), value: Nothing },
  'notes.discard': { params: Type.Object({ id: OperationIdSchema }), value: Nothing },

  /** Freezes the saved draft into an outgoing letter; resolves after it is on disk. The draft is gone then. */
  'outgoing.send': {
    params: Type.Object({
      draftId: DraftIdSchema,
      /** How long it can be called back before it leaves. */
      delayMs: Type.Integer({ minimum: 0, maximum: 60_000 }),
    }),
    value: OutgoingSchema,
  },
  'outgoing.decide': {
    params: Type.Object({
      id: OutgoingIdSchema,
      decision: Type.Union([
        /** Back to a draft: from queued, held or failed. */
        Type.Literal('edit'),
        /** Send as it is: from held; from uncertain after a warning; from queued and without the API's check. */
        Type.Literal('send'),
        /** Take off the list: from failed, sent, or from uncertain when the agent knows that it arrived. */
        Type.Literal('dismiss'),
      ]),
    }),
    value: Nothing,
  },

  /** Fetches a letter, or the parts of a large one, that is not in the cache; it arrives by the letters stream. */
  'letters.fetch': {
    params: Type.Object({
      id: LetterIdSchema,
      locations: Type.Array(LetterLocationSchema, { maxItems: 20 }),
    }),
    value: Nothing,
  },
  /** Says that a quarantined letter was looked at: what waited for that may go on. */
  'letters.review': { params: Type.Object({ id: LetterIdSchema }), value: Nothing },

  'mailbox.get': { params: Nothing, value: MailboxAnswerSchema },
  'mailbox.put': { params: PutMailboxRecordSchema, value: MailboxAnswerSchema },
  /** Connects, logs in and disconnects; nothing is read or sent. */
  'mailbox.test': {
    params: Type.Object({
      protocol: Type.Union([Type.Literal('imap'), Type.Literal('smtp')]),
      server: MailServerSchema,
      certificateAuthority: Type.Union([Type.String({ maxLength: 100_000 }), Type.Null()]),
    }),
    value: Nothing,
  },

  'articles.put': {
    params: Type.Object({ id: ArticleIdSchema, article: PutArticleSchema }),
    value: Nothing,
  },
  'articles.import': { params: ImportArticlesSchema, value: Nothing },
  'articles.remove': { params: Type.Object({ id: ArticleIdSchema }), value: Nothing },
  'templates.put': {
    params: Type.Object({ id: TemplateIdSchema, template: PutTemplateSchema }),
    value: Nothing,
  },
  'templates.remove': { params: Type.Object({ id: TemplateIdSchema }), value: Nothing },
  'senders.block': {
    params: Type.Object({ id: BlockedSenderIdSchema, sender: PutBlockedSenderSchema }),
    value: Nothing,
  },
  'senders.unblock': { params: Type.Object({ id: BlockedSenderIdSchema }), value: Nothing },
  'agents.create': { params: CreateAgentSchema, value: AgentSchema },
  'agents.change': {
    params: Type.Object({ id: AgentIdSchema, change: ChangeAgentSchema }),
    value: AgentSchema,
  },
  'settings.put': { params: ServiceSettingsSchema, value: ServiceSettingsSchema },
  /** Whose deadlines a regulation would move; changes nothing. */
  'regulation.preview': { params: ProposedRegulationSchema, value: RegulationPreviewSchema },
  /** Puts a new version into force; `conflict` when another came since `revision` was read. */
  'regulation.put': { params: PutRegulationSchema, value: RegulationSchema },

  /** What tray and badge show. */
  'attention.show': { params: AttentionSchema, value: Nothing },
  /** Tells the agent by notifications of the operating system, grouped, in working hours, as the preferences allow. */
  'attention.tell': {
    params: Type.Object({ news: Type.Array(NewsSchema, { maxItems: 200 }) }),
    value: Nothing,
  },

  'update.get': { params: Nothing, value: UpdateStateSchema },
  'update.check': { params: Nothing, value: Nothing },
  'update.download': { params: Nothing, value: Nothing },
  /** Restarts into the newer version; `busy` while a letter is being sent or something is not on the server yet. */
  'update.restart': { params: Nothing, value: Nothing },

  /**
   * Opens an attachment in the system's program for it; `unsafe-file` for kinds that may run, `no-program` where none
   * opens it.
   */
  'attachments.open': { params: AttachmentRequestSchema, value: Nothing },
} as const;

/** Every event from the main process to the windows. */
export const bridgeEvents = {
  'session.changed': SessionStateSchema,
  'status.changed': DeskStatusSchema,
  'presence.changed': PresenceSchema,
  'preferences.changed': PreferencesSchema,
  'update.changed': UpdateStateSchema,
  /** The agent asked for a ticket outside of the window: by a notification. */
  'ticket.wanted': Type.Object({ ticketId: TicketIdSchema }),
  /** The agent wants to write down a call: asked for in the tray. */
  'call.wanted': Nothing,
} as const;

/** Grows with every change of the contract or the streams; test/unit/protocol hashes them. */
export const bridgeVersion = 4;
