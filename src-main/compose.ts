import { join } from 'node:path';
import type { BridgeHandlers, EmitEvent } from '#shared/bridge/bridge-client.ts';
import type { BridgeError } from '#shared/bridge/bridge-error.ts';
import type { Clock } from '#shared/clock.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { AutomaticLetters } from './automatic/automatic-letters.ts';
import { AttachmentOpener } from './attachments/attachment-opener.ts';
import type { Desktop } from './attention/desktop.ts';
import { Notifier } from './attention/notifier.ts';
import { WorkingHours } from './attention/working-hours.ts';
import { makeBridgeHandlers } from './bridge-handlers.ts';
import { DeskOfAgent } from './desk.ts';
import { answerStream, type ReadChanges } from './desk-streams.ts';
import { AttachmentStore } from './journal/attachment-store.ts';
import { Journal } from './journal/journal.ts';
import { referencedAttachments } from './journal/journal-state.ts';
import { localKind } from './local-kind.ts';
import type { Log } from './log.ts';
import type { IngestPort } from './mailbox/ingest-port.ts';
import { Mailbox } from './mailbox/mailbox.ts';
import { NetworkReturn } from './network/network-return.ts';
import { OutgoingQueue } from './outgoing/outgoing-queue.ts';
import type { PreferencesFile } from './preferences-file.ts';
import { StatusBoard } from './status-board.ts';
import { ApiConnection } from './tickets/api-connection.ts';
import type { ApiClient } from './tickets/api-client.ts';
import { changesFrames } from './tickets/changes-stream.ts';
import type { SignedIn } from './tickets/connect-session.ts';
import { DeskPresence } from './tickets/desk-presence.ts';
import { DeskSession } from './tickets/desk-session.ts';
import { Outbox } from './tickets/outbox.ts';
import { systemScheduler } from './scheduler.ts';
import { FeedFile } from './updates/feed-file.ts';
import type { UpdateClient } from './updates/update-client.ts';
import { Updates } from './updates/updates.ts';
import { wouldInterrupt } from './updates/would-interrupt.ts';
import type { KeyStore } from './vault/key-store.ts';
import { Workplace } from './workplace.ts';

/** What the desk needs of the system it runs on. */
export interface DeskPorts {
  /** Folder that belongs to this installation. */
  readonly userData: string;
  readonly appVersion: string;
  readonly keyStore: KeyStore;
  /** Tells every window. */
  readonly emit: EmitEvent;
  /** Opens a link outside; false when it is not of an allowed kind. */
  readonly openExternal: (url: string) => Promise<boolean>;
  readonly clock: Clock;
  /** Where the module of a worker thread lies, by its file's name without ending. */
  readonly workerUrl: (name: string) => URL;
  readonly log: Log;
  readonly preferences: PreferencesFile;
  readonly desktop: Desktop;
  /** Null where the desk is no installed application. */
  readonly updateClient: UpdateClient | null;
}

/** The main process without Electron. */
export interface Desk {
  readonly handlers: BridgeHandlers;
  readonly handleStream: (request: Request) => Promise<Response>;
  /** Tries mailbox and API at once instead of at the next retry. */
  readonly retryNow: () => void;
  /** Finishes what is being written. What is not sent yet waits in the journal. */
  readonly close: () => Promise<void>;
}

/** Larger files do not go through mail. */
const maxAttachmentBytes = 64 * 1024 * 1024;

/** Builds the object graph of the main process; nothing else creates collaborators. */
export async function compose(ports: DeskPorts): Promise<Desk> {
  const { userData, keyStore, emit, clock, log, openExternal, appVersion, desktop, preferences } = ports;
  const status = new StatusBoard(emit);
  const apiConnection = new ApiConnection(clock, (api) => status.change({ api }));
  const session = new DeskSession({ userData, keyStore, clock, log });
  const workingHours = new WorkingHours();
  let stopListening = (): void => {};
  const desk = new DeskOfAgent({
    session,
    status,
    emit,
    openWorkplace: async (signedIn) => {
      const place = await openWorkplace(ports, signedIn, status, await session.deskId());
      if (!place.ok) return place;
      const { api } = signedIn;
      await workingHours.follow(signedIn.dir);
      apiConnection.signedIn();
      stopListening();
      stopListening = api.subscribe((problem) => {
        apiConnection.called(problem);
        status.change({ clockOffsetMs: Math.round(api.clockOffsetMs) });
      });
      return place;
    },
  });
  session.subscribe(({ state }) => {
    if (state !== 'signed-out') return;
    apiConnection.signedOut();
    notifier.forget();
    workingHours.leave();
    void opener.clear();
  });

  const notifier = new Notifier({
    desktop,
    preferences: () => preferences.value,
    workingTime: () => workingHours.time,
    clock,
    scheduler: systemScheduler,
  });
  const opener = new AttachmentOpener({
    folder: join(userData, 'opened'),
    platform: process.platform,
    openPath: (path) => desktop.openPath(path),
  });
  await opener.clear();
  const updates = new Updates({
    client: ports.updateClient,
    emit,
    scheduler: systemScheduler,
    isBusy: () => {
      const place = desk.workplace;
      if (place === null) return false;
      return wouldInterrupt({
        outgoing: Array.from(place.journal.state.outgoing.values(), ({ outgoing }) => outgoing),
        isSending: place.outgoing.isBusy,
        pendingOperations: status.status.pendingOperations,
        apiIsOnline: status.status.api.state === 'online',
        now: clock.now() + status.status.clockOffsetMs,
      });
    },
    log,
  });

  const updateFeed = new FeedFile(userData);
  updates.follow(await updateFeed.read());

  const readChanges: ReadChanges = async function* (place, request, signal) {
    const frames = changesFrames(
      {
        api: place.signedIn.api,
        scheduler: systemScheduler,
        beforePull: () => place.outbox.afterPush(),
        onEpoch: (epoch) => place.outbox.noticeEpoch(epoch),
        onCaughtUp: () => {
          apiConnection.caughtUp();
          place.outgoing.kick();
        },
        onRetry: (afterMs) => apiConnection.retryIn(afterMs),
        onLive: (news) => place.presence.hear(news),
      },
      request,
      signal,
      place.pullNow,
    );
    for await (const frame of frames) {
      await workingHours.notice(frame);
      for (const change of frame.type === 'changes' ? frame.changes : []) {
        if (change.entity === 'agent' && change.state !== null) void session.noticeAgent(change.state);
        if (change.entity === 'settings' && change.state !== null) {
          updates.follow(change.state.updateFeedUrl);
          updateFeed.write(change.state.updateFeedUrl);
        }
      }
      yield frame;
    }
  };

  const networkReturn = new NetworkReturn({
    away: () => desk.workplace?.unreachable() ?? [],
    onBack: () => desk.workplace?.networkIsBack(),
    scheduler: systemScheduler,
  });
  await desk.resume();
  networkReturn.start();
  return {
    handlers: makeBridgeHandlers({
      desk,
      keyStore,
      appVersion,
      openExternal,
      workerUrl: ports.workerUrl,
      preferences,
      clock,
      desktop,
      notifier,
      opener,
      updates,
    }),
    handleStream: (request) => answerStream(request, desk.workplace, readChanges),
    retryNow: () => desk.workplace?.retryNow(),
    close: async () => {
      await networkReturn.close();
      updates.close();
      notifier.forget();
      await desk.close();
      await opener.clear();
    },
  };
}

async function openWorkplace(
  ports: DeskPorts,
  signedIn: SignedIn,
  status: StatusBoard,
  deskId: string,
): Promise<Result<Workplace, BridgeError>> {
  const { clock, emit, log } = ports;
  const { vault, dir, api, keeper } = signedIn;
  const journal = await Journal.open({ dir, key: vault.subKey('journal'), clock });
  if (!journal.ok) return err({ kind: localKind(journal.error) });
  const { damage, holdsDamagedCopy: journalDamaged, state } = journal.value;
  if (damage !== null) log.error('journal.damaged', { lostBytes: damage.lostBytes });
  const attachments = await AttachmentStore.open({
    dir: join(dir, 'files'),
    key: vault.subKey('attachments'),
    // What the damaged part named is known to its copy only.
    referenced: journalDamaged ? null : referencedAttachments(state),
    maxBytes: maxAttachmentBytes,
  });
  if (!attachments.ok)
    return err({ kind: attachments.error.kind === 'disk-full' ? 'disk-full' : 'disk-failed' });
  const agent = keeper.secrets?.agent;
  if (agent === undefined) return err({ kind: 'not-signed-in' });
  const author = { agentId: agent.id, role: agent.role };
  const serverClock: Clock = { now: () => Math.round(api.serverNow()) };
  const scheduler = systemScheduler;
  const outbox = new Outbox({
    journal: journal.value,
    api,
    author,
    epoch: keeper.secrets?.epoch ?? null,
    clock,
    scheduler,
    log,
  });
  status.change({ journalDamaged });
  return ok(
    new Workplace({
      signedIn,
      role: agent.role,
      journal: journal.value,
      attachments: attachments.value,
      outbox,
      presence: new DeskPresence({
        api,
        author,
        scheduler,
        onColleagues: (colleagues) => emit('presence.changed', colleagues),
      }),
      status,
      makeOutgoing: (place) =>
        new OutgoingQueue({
          journal: journal.value,
          attachments: attachments.value,
          claimSend: async (body) => await api.call('claimSend', { body }),
          mailbox: () => place.record,
          sentFolder: {
            sentCopies: async (id) => await (place.mailbox?.sentCopies(id) ?? noMailbox),
            fileSentCopy: async (id, source) => await (place.mailbox?.fileSentCopy(id, source) ?? noMailbox),
          },
          author,
          clock: serverClock,
          scheduler,
          log,
        }),
      makeAutomatic: (place) =>
        new AutomaticLetters({
          lease: async () => await api.call('leaseSend', { body: { deskId } }),
          report: async (id, report) =>
            await api.call('reportSend', { params: { id }, body: { deskId, ...report } }),
          mailbox: () => place.record,
          isBusy: () => place.outgoing.isBusy,
          sentFolder: {
            fileSentCopy: async (id, source) => await (place.mailbox?.fileSentCopy(id, source) ?? noMailbox),
          },
          clock: serverClock,
          scheduler,
          log,
        }),
      makeMailbox: (record) =>
        new Mailbox({
          workerUrl: ports.workerUrl,
          record,
          api: ingestPort(api, deskId),
          clock,
          log,
          onStatus: ({ connection, progress }) => status.change({ mailbox: connection, progress }),
        }),
    }),
  );
}

const noMailbox = Promise.resolve(err({ kind: 'no-mailbox' as const }));

function ingestPort(api: ApiClient, deskId: string): IngestPort {
  return {
    missing: (body) => api.call('ingestMissing', { body }),
    ingest: (body) => api.call('ingest', { body }),
    quarantine: (body) => api.call('ingestQuarantine', { body }),
    lease: () => api.call('ingestLease', { body: { deskId } }),
    putWatermark: (body) => api.call('putWatermark', { body }),
    serverNow: () => Math.round(api.serverNow()),
  };
}
