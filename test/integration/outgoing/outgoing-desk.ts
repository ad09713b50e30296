import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import type { Draft, Outgoing } from '#shared/bridge/draft.ts';
import type { AgentId, DraftId, TicketId } from '#shared/ids.ts';
import type { MailboxRecord } from '#shared/protocol/mailbox-record.ts';
import type { SendClaim, SendClaimAnswer } from '#shared/protocol/send-claim.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { AttachmentStore } from '#main/journal/attachment-store.ts';
import { Journal } from '#main/journal/journal.ts';
import { referencedAttachments } from '#main/journal/journal-state.ts';
import { systemDisk, type Disk, type DiskFile } from '#main/journal/disk.ts';
import type { SentFolder } from '#main/outgoing/letter-carrier.ts';
import { OutgoingQueue } from '#main/outgoing/outgoing-queue.ts';
import type { Scheduler } from '#main/scheduler.ts';
import { startSmtpDrop, type Behaviour, type SmtpDrop } from '#test/fakes/smtp-drop.ts';

const uuid = (n: number): string => `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
/** Whom the draft answers. */
export const client = 'client@school.example';
/** The moment at which every desk begins. */
export const start = Date.UTC(2026, 10, 20, 9);

/** As long as the API lets a desk have a letter, longer than any test waits. */
export const leaseMs = 1_000 * 3_600_000;

/** A draft that is ready to be sent. */
export const draft: Draft = {
  id: uuid(1) as DraftId,
  ticketId: uuid(2) as TicketId,
  ticketToken: '0123ABCD',
  to: [{ name: 'Анна Клиент', address: client }],
  cc: [],
  subject: 'Re: Квота',
  text: 'Здравствуйте!\n\nСм. статью.\n',
  html: '',
  purpose: 'answer',
  fromName: '',
  answerKind: 'solution',
  attachments: [],
  inReplyTo: '<2@school.example>',
  references: ['<1@school.example>', '<2@school.example>'],
  ticketVersion: 7,
  updatedAt: start,
};

/** Done after the test, the last one first. */
export const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** A desk's outgoing part on a real disk, with a clock and a schedule that only the test moves. */
export async function startDesk(
  port: number,
  given: {
    dir?: string;
    password?: string;
    claim?: () => Result<SendClaimAnswer, { kind: string }>;
    disk?: Disk;
  } = {},
) {
  const dir = given.dir ?? (await mkdtemp(join(tmpdir(), 'stp-outgoing-')));
  if (given.dir === undefined) cleanUps.push(() => rm(dir, { recursive: true }));
  const key = Buffer.alloc(32, 7);
  let now = start;
  const clock = { now: () => now };
  const opened = await Journal.open({ dir, key, clock, disk: given.disk ?? systemDisk });
  if (!opened.ok) throw new Error(opened.error.kind);
  const journal = opened.value;
  const store = await AttachmentStore.open({
    dir: join(dir, 'files'),
    key,
    referenced: referencedAttachments(journal.state),
    maxBytes: 50_000_000,
  });
  if (!store.ok) throw new Error(store.error.kind);
  const server = {
    host: '127.0.0.1',
    port,
    security: 'none' as const,
    allowPlainText: false,
    user: 'desk',
    password: given.password ?? 'secret',
  };
  const record = {
    address: 'info@service.example',
    displayName: 'СТП',
    smtp: server,
    certificateAuthority: null,
  };
  const due: (() => void)[] = [];
  const scheduler: Scheduler = {
    delay: (_ms, signal) =>
      new Promise((resolve) => {
        due.push(resolve);
        signal.addEventListener('abort', () => {
          due.splice(due.indexOf(resolve), 1);
          resolve();
        });
      }),
    random: () => 0,
  };
  const sent: string[] = [];
  let canFile = true;
  const evidence = new Set<string>();
  const sentFolder: SentFolder = {
    sentCopies: (id) => Promise.resolve(ok(evidence.has(id) || sent.includes(id) ? 1 : 0)),
    fileSentCopy(id) {
      if (!canFile) return Promise.resolve(err({ kind: 'unreachable' }));
      sent.push(id);
      return Promise.resolve(ok('filed' as const));
    },
  };
  const claims: SendClaim[] = [];
  const queue = new OutgoingQueue({
    journal,
    attachments: store.value,
    claimSend(claim) {
      claims.push(claim);
      return Promise.resolve(given.claim?.() ?? ok({ leaseExpiresAt: start + leaseMs, movedOn: null }));
    },
    mailbox: () => record as MailboxRecord,
    sentFolder,
    author: { agentId: uuid(9) as AgentId, role: 'agent' },
    clock,
    scheduler,
    log: { info() {}, warn() {}, error() {} },
  });
  const stop = async (): Promise<void> => {
    await queue.close();
    await journal.close();
  };
  cleanUps.push(stop);
  const letter = (): Outgoing | undefined => [...journal.state.outgoing.values()][0]?.outgoing;
  const reached = async (state: Outgoing['state'], filed = false): Promise<Outgoing> =>
    await expect
      .poll(() => letter(), { timeout: 10_000, interval: 5 })
      .toMatchObject({ state, filed })
      .then(() => letter() as Outgoing);
  const send = async (changes: Partial<Draft> = {}, delayMs = 0) => {
    await journal.append({ v: 2, at: now, kind: 'draft-saved', draft: { ...draft, ...changes } });
    return await queue.send(draft.id, delayMs);
  };
  /** Lets the time pass that the queue waits for. */
  const wait = (forMs = 3_600_000): void => {
    now += forMs;
    for (const task of due.splice(0)) task();
  };
  const answers = () => [...journal.state.operations.values()].map(({ operation }) => operation);
  return {
    dir,
    queue,
    journal,
    store: store.value,
    send,
    letter,
    reached,
    wait,
    sent,
    evidence,
    claims,
    answers,
    stop,
    due,
    refuseFiling() {
      canFile = false;
    },
  };
}

/** A disk that is full as long as `isFull` says so. */
export function fillableDisk(isFull: () => boolean): Disk {
  const guard = (file: DiskFile): DiskFile => ({
    write: async (bytes, position) => {
      if (isFull()) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      await file.write(bytes, position);
    },
    sync: () => file.sync(),
    truncate: (size) => file.truncate(size),
    close: () => file.close(),
  });
  return {
    ...systemDisk,
    create: async (path) => guard(await systemDisk.create(path)),
    openForWriting: async (path) => guard(await systemDisk.openForWriting(path)),
  };
}

/** A mail server that ends with the test. */
export async function drop(...behaviours: Behaviour[]): Promise<SmtpDrop> {
  const server = await startSmtpDrop(behaviours);
  cleanUps.push(() => server.close());
  return server;
}
