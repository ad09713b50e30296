import type { ApiAnswer, ApiInput, ApiRouteName, ApiRoutes } from '#shared/protocol/api-routes.ts';
import type { ApiError } from '#shared/protocol/api-error.ts';
import { protocolVersion } from '#shared/protocol/protocol-version.ts';
import type { Clock } from '#shared/clock.ts';
import { ok, type Result } from '#shared/result.ts';
import type { Agents } from '../access/agents.ts';
import type { Caller } from '../access/caller.ts';
import { readEscrow, writeEscrow } from '../access/key-escrow.ts';
import type { Sessions } from '../access/sessions.ts';
import type { Database } from '../database/database.ts';
import { blockSender, unblockSender } from '../directory/blocked-senders.ts';
import { putEntities, removeEntity } from '../directory/directory-entities.ts';
import { putSettings } from '../directory/service-settings.ts';
import type { Heads } from '../feed/heads.ts';
import { readChanges } from '../feed/read-changes.ts';
import { ingestLetters } from '../ingest/ingest-letters.ts';
import { takeIngestLease } from '../ingest/ingest-lease.ts';
import { missingLetters } from '../ingest/missing-letters.ts';
import { quarantineLetter } from '../ingest/quarantine-letter.ts';
import { reviewLetter } from '../ingest/review-letter.ts';
import { readWatermark, reportWatermark } from '../ingest/watermarks.ts';
import type { MailboxRecords } from '../mailbox/mailbox-records.ts';
import { pushOperations } from '../operations/push-operations.ts';
import type { PresentAgents } from '../presence/present-agents.ts';
import { previewRegulation } from '../regulation/preview-regulation.ts';
import { putRegulation } from '../regulation/put-regulation.ts';
import type { StoredRules } from '../regulation/stored-rules.ts';
import { claimSend } from '../sends/claim-send.ts';
import { leaseSendRequest } from '../sends/lease-request.ts';
import { reportSend } from '../sends/report-send.ts';
import type { QueuePages } from '../tickets/queue-pages.ts';
import { oldestProtocolVersion } from './check-protocol.ts';
import { ReadyJson } from './ready-json.ts';

/** One request, after its token and its shape were checked. */
export interface Call<N extends ApiRouteName> extends ApiInput<N> {
  readonly caller: ApiRoutes[N]['role'] extends 'public' ? null : Caller;
  /** Read for this request; null only for a public call while the database is away. */
  readonly heads: ApiRoutes[N]['role'] extends 'public' ? Heads | null : Heads;
  /** The peer's network address. */
  readonly address: string;
}

/** What answers each route of the table. Routes whose JSON lies ready answer that. */
export type Handlers = {
  readonly [N in ApiRouteName]: (call: Call<N>) => Promise<Result<ApiAnswer<N> | ReadyJson, ApiError>>;
};

interface Collaborators {
  readonly database: Database;
  readonly clock: Clock;
  readonly sessions: Sessions;
  readonly agents: Agents;
  readonly mailbox: MailboxRecords;
  readonly queuePages: QueuePages;
  readonly present: PresentAgents;
  readonly rules: StoredRules;
}

const away: ApiError = { kind: 'unavailable', message: 'The database is away; try again.' };

/** Wires the routes of the table to what does the work. */
export function makeHandlers(to: Collaborators): Handlers {
  const { database, clock, sessions, agents, mailbox, queuePages, present, rules } = to;
  return {
    health: async ({ heads }) =>
      ok({
        status: heads === null ? 'unavailable' : 'ok',
        protocolVersion,
        oldestProtocolVersion,
        serverTime: clock.now(),
      }),
    logIn: async ({ body, address, heads }) =>
      heads === null ? { ok: false, error: away } : await sessions.logIn(body, address, heads.epoch),
    refresh: async ({ body, heads }) =>
      heads === null ? { ok: false, error: away } : await sessions.refresh(body.refreshToken, heads.epoch),
    logOut: async ({ caller }) => {
      await sessions.logOut(caller.sessionId);
      return ok({});
    },
    getEscrow: async ({ caller }) => ok(await readEscrow(database, caller.agentId)),
    putEscrow: async ({ caller, body }) => {
      await writeEscrow(database, caller.agentId, body);
      return ok({});
    },
    getMailbox: async () => ok({ mailbox: await mailbox.read() }),
    putMailbox: async ({ body }) => {
      const written = await mailbox.write(body);
      return written.ok ? ok({ mailbox: written.value }) : written;
    },
    pushOperations: async ({ caller, body }) =>
      ok({ answers: [...(await pushOperations(database, caller, body.operations, rules, clock.now()))] }),
    pullChanges: async ({ heads, query }) => {
      const page = await readChanges(database, heads, query);
      return page.ok ? ok(new ReadyJson(page.value)) : page;
    },
    queue: async ({ caller, heads, query }) => {
      const page = await queuePages.read(caller, heads, query);
      return page.ok ? ok(new ReadyJson(page.value)) : page;
    },
    putPresence: async ({ caller, body }) => {
      await present.put(caller, body);
      return ok({});
    },
    ingest: async ({ body }) => await ingestLetters(database, body.letters, rules, clock.now()),
    ingestMissing: async ({ body }) => ok(await missingLetters(database, body)),
    ingestQuarantine: async ({ body }) => {
      await quarantineLetter(database, body, clock.now());
      return ok({});
    },
    ingestLease: async ({ body }) => ok(await takeIngestLease(database, body.deskId, clock.now())),
    getWatermark: async () => ok(await readWatermark(database)),
    putWatermark: async ({ body }) => ok(await reportWatermark(database, body, clock.now())),
    claimSend: async ({ caller, body }) => await claimSend(database, caller, body, clock.now()),
    leaseSend: async ({ caller, body }) =>
      ok({ request: await leaseSendRequest(database, caller, body.deskId, rules, clock.now()) }),
    reportSend: async ({ params, body }) => await reportSend(database, params.id, body, rules, clock.now()),
    listAgents: async () => ok(await agents.list()),
    createAgent: async ({ body }) => await agents.create(body),
    changeAgent: async ({ caller, params, body }) => await agents.change(caller, params.id, body),
    putArticle: async ({ params, body }) => {
      const article = { ...body, id: params.id };
      await putEntities(database, 'article', [article], clock.now());
      return ok(article);
    },
    importArticles: async ({ body }) => {
      await putEntities(database, 'article', body.articles, clock.now());
      return ok({});
    },
    removeArticle: async ({ params }) => {
      await removeEntity(database, 'article', params.id, clock.now());
      return ok({});
    },
    putTemplate: async ({ params, body }) => {
      const template = { ...body, id: params.id };
      await putEntities(database, 'template', [template], clock.now());
      return ok(template);
    },
    removeTemplate: async ({ params }) => {
      await removeEntity(database, 'template', params.id, clock.now());
      return ok({});
    },
    putBlockedSender: async ({ caller, params, body }) =>
      await blockSender(database, caller, params.id, body, clock.now()),
    removeBlockedSender: async ({ params }) => {
      await unblockSender(database, params.id, clock.now());
      return ok({});
    },
    putSettings: async ({ body }) => await putSettings(database, body, clock.now()),
    reviewLetter: async ({ caller, params }) => await reviewLetter(database, caller, params.id, clock.now()),
    putRegulation: async ({ body }) => await putRegulation(database, body, rules, clock.now()),
    previewRegulation: async ({ body }) => await previewRegulation(database, body, rules, clock.now()),
  };
}
