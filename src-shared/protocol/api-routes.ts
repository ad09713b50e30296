import { Type, type Static, type TSchema } from 'typebox';
import {
  AgentIdSchema,
  ArticleIdSchema,
  BlockedSenderIdSchema,
  LetterIdSchema,
  OutgoingIdSchema,
  TemplateIdSchema,
} from '../ids.ts';
import { ProposedRegulationSchema, RegulationSchema } from '../regulation/regulation.ts';
import type { Role } from '../ticket/author.ts';
import { AgentSchema, ChangeAgentSchema, CreateAgentSchema } from './agent.ts';
import { ArticleSchema, ImportArticlesSchema, PutArticleSchema } from './article.ts';
import { BlockedSenderSchema, PutBlockedSenderSchema } from './blocked-sender.ts';
import { ChangePageSchema, ChangesQuerySchema } from './changes.ts';
import { HealthSchema } from './health.ts';
import {
  IngestAnswerSchema,
  IngestLeaseAnswerSchema,
  IngestLeaseSchema,
  IngestSchema,
  MissingAnswerSchema,
  MissingQuerySchema,
  QuarantineSchema,
  WatermarkAnswerSchema,
  WatermarkSchema,
} from './ingest.ts';
import { MailboxAnswerSchema, PutMailboxRecordSchema } from './mailbox-record.ts';
import { OperationAnswersSchema, OperationBatchSchema } from './operations.ts';
import { PutPresenceSchema } from './presence.ts';
import { PutRegulationSchema, RegulationPreviewSchema } from './put-regulation.ts';
import { QueuePageSchema, QueueQuerySchema } from './queue.ts';
import { SendClaimAnswerSchema, SendClaimSchema } from './send-claim.ts';
import { LeaseSendAnswerSchema, LeaseSendRequestSchema, SendReportSchema } from './send-request.ts';
import { ServiceSettingsSchema } from './service-settings.ts';
import { PutTemplateSchema, TemplateSchema } from './template.ts';
import { KeyEscrowSchema, LoginSchema, RefreshSchema, SessionSchema } from './session.ts';

interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Fastify's form; `:id` is the only parameter there is. */
  readonly path: string;
  /** The least role; `public` needs no token. */
  readonly role: Role | 'public';
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  readonly answer: TSchema;
}

const Nothing = Type.Object({});

/**
 * The ticket API: the API's validation, its OpenAPI document and the desk's client are all derived from this table.
 *
 * `GET /v1/changes/live` (server-sent events), `GET /v1/openapi.json` and `GET /metrics` stand beside it.
 */
export const apiRoutes = {
  health: { method: 'GET', path: '/v1/health', role: 'public', answer: HealthSchema },
  // A log-in and a refresh are made by somebody who has no token yet, or an expired one.
  logIn: { method: 'POST', path: '/v1/login', role: 'public', body: LoginSchema, answer: SessionSchema },
  refresh: {
    method: 'POST',
    path: '/v1/refresh',
    role: 'public',
    body: RefreshSchema,
    answer: SessionSchema,
  },
  logOut: { method: 'POST', path: '/v1/logout', role: 'read-only', body: Nothing, answer: Nothing },
  getEscrow: {
    method: 'GET',
    path: '/v1/escrow',
    role: 'read-only',
    answer: Type.Object({ escrow: Type.Union([KeyEscrowSchema, Type.Null()]) }),
  },
  putEscrow: { method: 'PUT', path: '/v1/escrow', role: 'read-only', body: KeyEscrowSchema, answer: Nothing },
  getMailbox: { method: 'GET', path: '/v1/mailbox', role: 'agent', answer: MailboxAnswerSchema },
  putMailbox: {
    method: 'PUT',
    path: '/v1/mailbox',
    role: 'admin',
    body: PutMailboxRecordSchema,
    answer: MailboxAnswerSchema,
  },
  pushOperations: {
    method: 'POST',
    path: '/v1/operations',
    role: 'read-only',
    body: OperationBatchSchema,
    answer: OperationAnswersSchema,
  },
  pullChanges: {
    method: 'GET',
    path: '/v1/changes',
    role: 'read-only',
    query: ChangesQuerySchema,
    answer: ChangePageSchema,
  },
  queue: {
    method: 'GET',
    path: '/v1/queue',
    role: 'read-only',
    query: QueueQuerySchema,
    answer: QueuePageSchema,
  },
  // Who only reads sees who is at what, but is at nothing that a colleague had to wait for.
  putPresence: {
    method: 'PUT',
    path: '/v1/presence',
    role: 'agent',
    body: PutPresenceSchema,
    answer: Nothing,
  },
  ingest: {
    method: 'POST',
    path: '/v1/ingest',
    role: 'agent',
    body: IngestSchema,
    answer: IngestAnswerSchema,
  },
  ingestMissing: {
    method: 'POST',
    path: '/v1/ingest/missing',
    role: 'agent',
    body: MissingQuerySchema,
    answer: MissingAnswerSchema,
  },
  ingestQuarantine: {
    method: 'POST',
    path: '/v1/ingest/quarantine',
    role: 'agent',
    body: QuarantineSchema,
    answer: Nothing,
  },
  ingestLease: {
    method: 'POST',
    path: '/v1/ingest/lease',
    role: 'agent',
    body: IngestLeaseSchema,
    answer: IngestLeaseAnswerSchema,
  },
  getWatermark: { method: 'GET', path: '/v1/watermark', role: 'read-only', answer: WatermarkAnswerSchema },
  putWatermark: {
    method: 'POST',
    path: '/v1/watermark',
    role: 'agent',
    body: WatermarkSchema,
    answer: WatermarkAnswerSchema,
  },
  claimSend: {
    method: 'POST',
    path: '/v1/sends/claim',
    role: 'agent',
    body: SendClaimSchema,
    answer: SendClaimAnswerSchema,
  },
  leaseSend: {
    method: 'POST',
    path: '/v1/sends/requests/lease',
    role: 'agent',
    body: LeaseSendRequestSchema,
    answer: LeaseSendAnswerSchema,
  },
  reportSend: {
    method: 'POST',
    path: '/v1/sends/requests/:id/done',
    role: 'agent',
    params: Type.Object({ id: OutgoingIdSchema }),
    body: SendReportSchema,
    answer: Nothing,
  },
  listAgents: {
    method: 'GET',
    path: '/v1/agents',
    role: 'read-only',
    answer: Type.Object({ agents: Type.Array(AgentSchema) }),
  },
  createAgent: {
    method: 'POST',
    path: '/v1/agents',
    role: 'admin',
    body: CreateAgentSchema,
    answer: AgentSchema,
  },
  changeAgent: {
    method: 'PATCH',
    path: '/v1/agents/:id',
    role: 'read-only',
    params: Type.Object({ id: AgentIdSchema }),
    body: ChangeAgentSchema,
    answer: AgentSchema,
  },
  putArticle: {
    method: 'PUT',
    path: '/v1/articles/:id',
    role: 'senior',
    params: Type.Object({ id: ArticleIdSchema }),
    body: PutArticleSchema,
    answer: ArticleSchema,
  },
  importArticles: {
    method: 'POST',
    path: '/v1/articles/import',
    role: 'senior',
    body: ImportArticlesSchema,
    answer: Nothing,
  },
  /** Removing what is not there is no error. */
  removeArticle: {
    method: 'DELETE',
    path: '/v1/articles/:id',
    role: 'senior',
    params: Type.Object({ id: ArticleIdSchema }),
    answer: Nothing,
  },
  putTemplate: {
    method: 'PUT',
    path: '/v1/templates/:id',
    role: 'senior',
    params: Type.Object({ id: TemplateIdSchema }),
    body: PutTemplateSchema,
    answer: TemplateSchema,
  },
  removeTemplate: {
    method: 'DELETE',
    path: '/v1/templates/:id',
    role: 'senior',
    params: Type.Object({ id: TemplateIdSchema }),
    answer: Nothing,
  },
  putBlockedSender: {
    method: 'PUT',
    path: '/v1/blocked-senders/:id',
    role: 'agent',
    params: Type.Object({ id: BlockedSenderIdSchema }),
    body: PutBlockedSenderSchema,
    answer: BlockedSenderSchema,
  },
  removeBlockedSender: {
    method: 'DELETE',
    path: '/v1/blocked-senders/:id',
    role: 'senior',
    params: Type.Object({ id: BlockedSenderIdSchema }),
    answer: Nothing,
  },
  putSettings: {
    method: 'PUT',
    path: '/v1/settings',
    role: 'admin',
    body: ServiceSettingsSchema,
    answer: ServiceSettingsSchema,
  },
  /** A quarantined letter was looked at: what waited for that may go on. Answers 404 where there is no such letter. */
  reviewLetter: {
    method: 'POST',
    path: '/v1/letters/:id/review',
    role: 'agent',
    params: Type.Object({ id: LetterIdSchema }),
    body: Nothing,
    answer: Nothing,
  },
  putRegulation: {
    method: 'PUT',
    path: '/v1/regulation',
    role: 'admin',
    body: PutRegulationSchema,
    answer: RegulationSchema,
  },
  previewRegulation: {
    method: 'POST',
    path: '/v1/regulation/preview',
    role: 'admin',
    body: ProposedRegulationSchema,
    answer: RegulationPreviewSchema,
  },
} as const satisfies Readonly<Record<string, Route>>;

export type ApiRoutes = typeof apiRoutes;
export type ApiRouteName = keyof ApiRoutes;

type Part<R, K extends string> =
  R extends Readonly<Record<K, infer S extends TSchema>> ? Static<S> : undefined;

/** What a call of `name` takes; undefined where the route has no such part. */
export interface ApiInput<N extends ApiRouteName> {
  readonly params: Part<ApiRoutes[N], 'params'>;
  readonly query: Part<ApiRoutes[N], 'query'>;
  readonly body: Part<ApiRoutes[N], 'body'>;
}

/** What a call of `name` answers with status 200. */
export type ApiAnswer<N extends ApiRouteName> = Static<ApiRoutes[N]['answer']>;
