import type { BridgeHandlers } from '#shared/bridge/bridge-client.ts';
import type { Clock } from '#shared/clock.ts';
import type { BridgeError } from '#shared/bridge/bridge-error.ts';
import type { MailboxRecord, MailServer, PutMailboxRecord } from '#shared/protocol/mailbox-record.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { AttachmentOpener } from './attachments/attachment-opener.ts';
import type { Desktop } from './attention/desktop.ts';
import type { Notifier } from './attention/notifier.ts';
import type { DeskOfAgent } from './desk.ts';
import type { JournalRecord } from './journal/journal-record.ts';
import { discardingDraft } from './journal/discarding-draft.ts';
import { referencedAttachments } from './journal/journal-state.ts';
import { localKind, type LocalError } from './local-kind.ts';
import { Mailbox } from './mailbox/mailbox.ts';
import { connectionKind, mailboxKind } from './mailbox-kind.ts';
import { testSmtp } from './outgoing/open-smtp.ts';
import type { PreferencesFile } from './preferences-file.ts';
import type { ApiCallError } from './tickets/api-call-error.ts';
import type { ApiClient } from './tickets/api-client.ts';
import { bridgeKind } from './tickets/bridge-kind.ts';
import { testApi } from './tickets/test-api.ts';
import type { Updates } from './updates/updates.ts';
import type { KeyStore } from './vault/key-store.ts';
import type { Workplace } from './workplace.ts';

export interface HandlerParts {
  readonly desk: DeskOfAgent;
  readonly keyStore: KeyStore;
  readonly appVersion: string;
  readonly preferences: PreferencesFile;
  readonly clock: Clock;
  /** False when the link is not of an allowed kind. */
  readonly openExternal: (url: string) => Promise<boolean>;
  readonly workerUrl: (name: string) => URL;
  readonly desktop: Desktop;
  readonly notifier: Notifier;
  readonly opener: AttachmentOpener;
  readonly updates: Updates;
}

const notSignedIn: BridgeError = { kind: 'not-signed-in' };

/** Answers every call of the bridge contract. */
export function makeBridgeHandlers(parts: HandlerParts): BridgeHandlers {
  const { desk, keyStore } = parts;

  /** Runs at the workplace of whoever is signed in. */
  async function atWork<T>(
    run: (place: Workplace) => Promise<Result<T, { readonly kind: BridgeError['kind'] }>>,
  ): Promise<Result<T, BridgeError>> {
    return desk.workplace === null ? err(notSignedIn) : await run(desk.workplace);
  }

  /** Asks the API and hands its answer on. */
  async function fromApi<T>(
    ask: (api: ApiClient) => Promise<Result<T, ApiCallError>>,
  ): Promise<Result<T, BridgeError>> {
    return await atWork(async ({ signedIn }) => {
      const answer = await ask(signedIn.api);
      return answer.ok ? answer : err({ kind: bridgeKind(answer.error) });
    });
  }

  /** Asks the API for something to be done; what it says of it comes by the feed. */
  async function onApi(
    ask: (api: ApiClient) => Promise<Result<unknown, ApiCallError>>,
  ): Promise<Result<Record<string, never>, BridgeError>> {
    return done(await fromApi(ask));
  }

  return {
    'app.info': async () =>
      ok({ version: parts.appVersion, platform: process.platform, keyStore: keyStore.backend() }),
    'app.openExternal': async ({ url }) =>
      (await parts.openExternal(url)) ? ok({}) : err({ kind: 'forbidden' }),
    'app.echo': async ({ text }) => ok({ text }),

    'preferences.get': async () => ok(parts.preferences.value),
    'preferences.put': async (preferences) => known(await parts.preferences.put(preferences)),

    'api.test': async ({ apiUrl, certificateAuthority }) =>
      await testApi(apiUrl, certificateAuthority, parts.clock),

    'session.get': async () => ok(desk.state),
    'session.logIn': async (wanted) => await desk.logIn(wanted),
    'session.logOut': async () => ok(await desk.logOut()),
    'session.cacheKey': async () =>
      await atWork(async ({ signedIn }) =>
        ok({ key: Buffer.from(signedIn.vault.subKey('cache')).toString('base64') }),
      ),

    'status.get': async () => ok(desk.status.status),
    'status.retryNow': async () => {
      desk.workplace?.retryNow();
      return ok({});
    },

    'presence.get': async () =>
      ok(desk.workplace === null ? { present: [] } : desk.workplace.presence.colleagues),
    'presence.set': async (activity) =>
      await atWork(async ({ presence }) => {
        presence.set(activity);
        return ok({});
      }),

    'operations.submit': async ({ operation }) =>
      await atWork(async ({ outbox }) => known(await outbox.submit(operation))),
    'operations.submitAll': async ({ operations, draft }) =>
      await atWork(async ({ outbox }) => done(known(await outbox.submitAll(operations, draft)))),
    'operations.drop': async ({ id }) =>
      await atWork(async ({ outbox }) => done(known(await outbox.drop(id)))),

    'drafts.save': async ({ draft }) =>
      await atWork(async ({ journal }) => {
        const isSent = [...journal.state.outgoing.values()].some(
          ({ outgoing }) => outgoing.draft.id === draft.id,
        );
        // Typed too late: the words would come back as a draft of an answer that is on its way.
        if (isSent) return err({ kind: 'conflict' });
        const saved: JournalRecord = { v: 2, at: draft.updatedAt, kind: 'draft-saved', draft };
        return done(known(await journal.append(saved)));
      }),
    'drafts.discard': async ({ id }) =>
      await atWork(async ({ journal, attachments }) => {
        const draft = journal.state.drafts.get(id);
        if (draft === undefined) return ok({});
        const gone = await journal.append(discardingDraft(journal.state, draft));
        const needed = referencedAttachments(journal.state);
        for (const file of draft.attachments) if (!needed.has(file.id)) await attachments.remove(file.id);
        return done(known(gone));
      }),

    'notes.save': async ({ note }) =>
      await atWork(async ({ journal }) => {
        // Typed too late: the words would come back as a draft of a note that stands in the conversation.
        if (journal.state.operations.has(note.id)) return err({ kind: 'conflict' });
        const saved: JournalRecord = { v: 2, at: note.updatedAt, kind: 'note-saved', note };
        return done(known(await journal.append(saved)));
      }),
    'notes.discard': async ({ id }) =>
      await atWork(async ({ journal }) => {
        const note = journal.state.notes.get(id);
        if (note === undefined) return ok({});
        return done(known(await journal.append({ v: 2, at: note.updatedAt, kind: 'note-discarded', id })));
      }),

    'outgoing.send': async ({ draftId, delayMs }) =>
      await atWork(async ({ outgoing }) => known(await outgoing.send(draftId, delayMs))),
    'outgoing.decide': async ({ id, decision }) =>
      await atWork(async ({ outgoing }) => done(known(await outgoing.decide(id, decision)))),

    'letters.fetch': async ({ id, locations }) =>
      await atWork(async ({ mailbox }) => {
        if (mailbox === null) return err({ kind: 'no-mailbox' });
        const fetched = await mailbox.fetchLetter(id, locations);
        return fetched.ok ? ok({}) : err({ kind: mailboxKind(fetched.error) });
      }),

    'letters.review': async ({ id }) =>
      await onApi((api) => api.call('reviewLetter', { params: { id }, body: {} })),

    'mailbox.get': async () =>
      await atWork(async ({ signedIn }) => {
        const answer = await signedIn.api.call('getMailbox', {});
        if (!answer.ok) return err({ kind: bridgeKind(answer.error) });
        const { mailbox } = answer.value;
        return ok({ mailbox: mailbox === null ? null : withoutPasswords(mailbox) });
      }),
    'mailbox.put': async (wanted) =>
      await atWork(async (place) => {
        const body = withKnownPasswords(wanted, place.record);
        const answer = await place.signedIn.api.call('putMailbox', { body });
        if (!answer.ok) return err({ kind: bridgeKind(answer.error) });
        await desk.session.refreshMailbox();
        await place.useMailbox(desk.session.mailbox);
        const { mailbox } = answer.value;
        return ok({ mailbox: mailbox === null ? null : withoutPasswords(mailbox) });
      }),
    'mailbox.test': async ({ protocol, server, certificateAuthority }) =>
      await atWork(async ({ record }) => {
        const full = withKnownPassword(server, record?.[protocol]);
        if (protocol === 'imap') {
          const tested = await Mailbox.test(parts.workerUrl, full, certificateAuthority);
          return tested.ok ? ok({}) : err({ kind: connectionKind(tested.error) });
        }
        const problem = await testSmtp({ server: full, certificateAuthority });
        if (problem === null) return ok({});
        return err({ kind: problem === 'refused-login' ? 'wrong-credentials' : problem });
      }),

    'articles.put': async ({ id, article }) =>
      await onApi((api) => api.call('putArticle', { params: { id }, body: article })),
    'articles.import': async (body) => await onApi((api) => api.call('importArticles', { body })),
    'articles.remove': async ({ id }) => await onApi((api) => api.call('removeArticle', { params: { id } })),
    'templates.put': async ({ id, template }) =>
      await onApi((api) => api.call('putTemplate', { params: { id }, body: template })),
    'templates.remove': async ({ id }) =>
      await onApi((api) => api.call('removeTemplate', { params: { id } })),
    'senders.block': async ({ id, sender }) =>
      await onApi((api) => api.call('putBlockedSender', { params: { id }, body: sender })),
    'senders.unblock': async ({ id }) =>
      await onApi((api) => api.call('removeBlockedSender', { params: { id } })),
    'agents.create': async (body) => await fromApi((api) => api.call('createAgent', { body })),
    'agents.change': async ({ id, change }) => {
      const own = desk.session.current?.keeper.secrets?.agent.id === id;
      const changed = await fromApi((api) => api.call('changeAgent', { params: { id }, body: change }));
      // Whoever has just proved the old password need not type the new one a third time.
      if (changed.ok && own && change.password !== undefined)
        await desk.session.renewPassword(change.password);
      return changed;
    },
    'settings.put': async (body) => await fromApi((api) => api.call('putSettings', { body })),
    'regulation.preview': async (body) => await fromApi((api) => api.call('previewRegulation', { body })),
    'regulation.put': async (body) => await fromApi((api) => api.call('putRegulation', { body })),

    'attention.show': async (counts) => {
      parts.desktop.showCounts(counts);
      return ok({});
    },
    'attention.tell': async ({ news }) => {
      parts.notifier.tell(news);
      return ok({});
    },

    'update.get': async () => ok(parts.updates.state),
    'update.check': async () => {
      await parts.updates.check();
      return ok({});
    },
    'update.download': async () => {
      await parts.updates.download();
      return ok({});
    },
    'update.restart': async () => done(parts.updates.restart()),

    'attachments.open': async (wanted) =>
      await atWork(async ({ mailbox }) => {
        if (mailbox === null) return err({ kind: 'no-mailbox' });
        const found = await mailbox.attachment(wanted);
        if (!found.ok) return err({ kind: mailboxKind(found.error) });
        return done(await parts.opener.open(found.value.name, found.value.bytes));
      }),
  };
}

/** Passwords never reach a window: a form shows an empty field, which means "as it is". */
function withoutPasswords(record: MailboxRecord): MailboxRecord {
  return { ...record, imap: { ...record.imap, password: '' }, smtp: { ...record.smtp, password: '' } };
}

function withKnownPasswords(wanted: PutMailboxRecord, current: MailboxRecord | null): PutMailboxRecord {
  return {
    ...wanted,
    imap: withKnownPassword(wanted.imap, current?.imap),
    smtp: withKnownPassword(wanted.smtp, current?.smtp),
  };
}

/** Fills an empty password in, for the same server and account only: another one must not get it to see. */
function withKnownPassword(wanted: MailServer, current: MailServer | undefined): MailServer {
  const same = current !== undefined && wanted.host === current.host && wanted.user === current.user;
  return wanted.password === '' && same ? { ...wanted, password: current.password } : wanted;
}

function known<T>(result: Result<T, LocalError>): Result<T, BridgeError> {
  return result.ok ? result : err({ kind: localKind(result.error) });
}

function done(result: Result<unknown, BridgeError>): Result<Record<string, never>, BridgeError> {
  return result.ok ? ok({}) : result;
}
