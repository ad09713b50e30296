import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { ImapFlow } from 'imapflow';
import type { FolderCursor, LettersFrame } from '#shared/bridge/streams.ts';
import { planSync } from '#main/mailbox/uid-planner.ts';
import { UidSet } from '#shared/mail/uid-set.ts';
import { startDovecot, type Dovecot } from '#test/fakes/start-dovecot.ts';
import { DeskMailbox } from '../integration/mailbox/desk-mailbox.ts';
import { corpus, deliverCorpus } from './mailbox-corpus.ts';
import { connectionsTo, type MailboxConnection } from './mailbox-connection.ts';
import { measureDesk, type DeskRow } from './whole-desk.ts';

const execute = promisify(execFile);

/** Each row is the median of so many: the machine's speed varies more within a minute than most changes do. */
const rounds = 3;

/** Everything that was measured over one kind of connection; times in milliseconds. */
interface Round {
  readonly rawMs: number;
  readonly flowMs: number;
  readonly mbsyncMs: number;
  readonly pipeline: PipelineRow;
  readonly desk: DeskRow;
}

/**
 * Measures the first sync of a mailbox of fixed size against its named peers, all in one run on the same Dovecot:
 * raw socket, imapflow alone, mbsync with FSync, the desk's own way up to the lines that the cache takes, and the whole
 * desk. First over TLS, which a desk uses unless somebody switches it off, then in plain text.
 */
export async function run(): Promise<void> {
  console.log(
    `machine: ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}, calibration ${calibrate()} ms`,
  );
  const server = await startDovecot();
  try {
    const made = await deliverCorpus(server);
    console.log(
      `corpus: ${made.letters} letters, ${made.bytes} bytes (fixed: ${corpus.letters}, ${corpus.bytes})`,
    );
    if (made.letters !== corpus.letters || made.bytes !== corpus.bytes)
      throw new Error('The corpus is not the fixed one.');
    const goals = new Goals();
    let cursor: FolderCursor | null = null;
    for (const connection of connectionsTo(server)) {
      // Dovecot makes its own index on first sight; no one shall pay for it.
      await rawFetch(connection);
      const measured: Round[] = [];
      for (let number = 1; number <= rounds; number += 1) {
        console.log(`--- ${connection.name}, round ${number}`);
        measured.push(await measureRound(connection));
      }
      printRounds(connection, measured, goals);
      cursor = measured.at(-1)?.pipeline.cursor ?? cursor;
    }
    if (cursor !== null) printListing(await listing(server, cursor), goals);
    goals.printSum();
  } finally {
    await server.stop();
  }
  console.log(`calibration after: ${calibrate()} ms`);
}

async function measureRound(connection: MailboxConnection): Promise<Round> {
  const rawMs = await timed('raw socket, all sources', () => rawFetch(connection));
  const flowMs = await timed('imapflow, all sources', () => imapflowFetch(connection));
  const mbsyncMs = await timed('mbsync, FSync on', () => mbsyncFetch(connection));
  const pipeline = await pipelineRow(connection);
  const desk = await measureDesk(connection);
  console.log(`desk: stored, encrypted, readable: ${desk.storedMs} ms; first queue ${desk.firstQueueMs} ms`);
  return { rawMs, flowMs, mbsyncMs, pipeline, desk };
}

/** SHA-256 over 64 MB on one core: tells how much of the machine the run had. */
function calibrate(): number {
  const block = Buffer.alloc(1_000_000, 7);
  const startedAt = performance.now();
  for (let round = 0; round < 64; round += 1) createHash('sha256').update(block).digest();
  return Math.round(performance.now() - startedAt);
}

async function timed(name: string, work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  const ms = Math.round(performance.now() - startedAt);
  console.log(`${name}: ${ms} ms`);
  return ms;
}

/** The least that any client can take: bytes from the socket, counted. */
async function rawFetch({ server, isTls, authority }: MailboxConnection): Promise<void> {
  const { host, port, user, password } = server;
  const socket = isTls ? connectTls({ host, port, ca: authority }) : connect(port, host);
  const commands = [
    `a LOGIN "${user}" "${password}"\r\n`,
    'b EXAMINE INBOX\r\n',
    'c UID FETCH 1:* (UID BODY.PEEK[])\r\n',
  ];
  let received = 0;
  let tail = '';
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    received += chunk.length;
    // The longest line that is waited for is the list of capabilities.
    tail = (tail + chunk.subarray(-2_000).toString('latin1')).slice(-2_000);
    if (/\r\nc OK [^\r\n]*\r\n$/u.test(tail)) break;
    if (received < 20_000 && /(?:^|\r\n)(?:\* OK \[CAP|[ab] OK )[^\r\n]*\r\n$/u.test(tail)) {
      const next = commands.shift();
      if (next !== undefined) socket.write(next);
    }
  }
  socket.destroy();
  if (received < corpus.bytes) throw new Error(`Only ${received} bytes came.`);
}

async function imapflowFetch({ server, isTls, authority }: MailboxConnection): Promise<void> {
  const { host, port, user, password } = server;
  const client = new ImapFlow({
    host,
    port,
    secure: isTls,
    doSTARTTLS: false,
    tls: { ca: authority },
    auth: { user, pass: password },
    logger: false,
  });
  await client.connect();
  await client.mailboxOpen('INBOX', { readOnly: true });
  let bytes = 0;
  for await (const { source } of client.fetch('1:*', { source: true }, { uid: true }))
    bytes += source?.length ?? 0;
  await client.logout();
  if (bytes !== corpus.bytes) throw new Error(`Only ${bytes} bytes came.`);
}

async function mbsyncFetch({ server, isTls, authority }: MailboxConnection): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'stp-mbsync-'));
  try {
    await mkdir(join(folder, 'mail'));
    await writeFile(join(folder, 'authority.pem'), authority);
    // mbsync compares certificates with host names only.
    const configuration = join(folder, 'mbsyncrc');
    await writeFile(
      configuration,
      `FSync yes
IMAPAccount bench
Host ${isTls ? 'localhost' : server.host}
Port ${server.port}
User ${server.user}
Pass "${server.password}"
${isTls ? `SSLType IMAPS\nCertificateFile ${folder}/authority.pem` : 'SSLType None'}

IMAPStore far
Account bench

MaildirStore near
Path ${folder}/mail/
Inbox ${folder}/mail/INBOX
SubFolders Verbatim

Channel bench
Far :far:
Near :near:
Patterns INBOX
Create Near
Sync Pull
SyncState *
`,
    );
    await execute('mbsync', ['-q', '-c', configuration, 'bench'], { maxBuffer: 10_000_000 });
    const stored = await Promise.all(['cur', 'new'].map((name) => readdir(join(folder, 'mail/INBOX', name))));
    const count = stored.flat().length;
    if (count !== corpus.letters) throw new Error(`mbsync stored ${count} letters.`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface PipelineRow {
  readonly ms: number;
  readonly firstLettersMs: number;
  readonly lineBytes: number;
  readonly loopIdleMs: number;
  readonly loopBusyMs: number;
  /** Where the desk stands after it. */
  readonly cursor: FolderCursor;
}

/** The desk's own way: IMAP, parse, lines, taken and thrown away by the main thread. */
async function pipelineRow({ record }: MailboxConnection): Promise<PipelineRow> {
  const loopIdleMs = await loopDelayDuring(() => new Promise((resolve) => setTimeout(resolve, 1_000)));
  const startedAt = performance.now();
  await using desk = new DeskMailbox({ ...record, ticketsFrom: Date.UTC(2100, 0) });
  let letters = 0;
  let lineBytes = 0;
  let firstLettersMs = 0;
  let cursor: FolderCursor | null = null;
  const loopBusyMs = await loopDelayDuring(async () => {
    const abort = new AbortController();
    for await (const bytes of desk.mailbox.letterLines({ folders: [] }, abort.signal)) {
      lineBytes += bytes.length;
      for (const line of linesOf(bytes)) {
        letters += lettersOf(line);
        cursor = syncedCursor(line) ?? cursor;
      }
      if (letters > 0 && firstLettersMs === 0) firstLettersMs = performance.now() - startedAt;
      if (cursor !== null) abort.abort();
    }
  });
  const ms = Math.round(performance.now() - startedAt);
  if (letters !== corpus.letters || cursor === null)
    throw new Error(`The pipeline brought ${letters} letters.`);
  console.log(`desk: IMAP + parse + lines: ${ms} ms (${lineBytes} bytes of lines)`);
  return {
    ms,
    firstLettersMs: Math.round(firstLettersMs),
    lineBytes,
    loopIdleMs,
    loopBusyMs,
    cursor,
  };
}

/** How many letters a line brings; their contents are not looked at. */
function lettersOf(line: string): number {
  if (line.startsWith('{"type":"letter"')) return 1;
  if (!line.startsWith('{"type":"letters"')) return 0;
  return (JSON.parse(line) as Extract<LettersFrame, { type: 'letters' }>).letters.length;
}

function* linesOf(bytes: Uint8Array): Generator<string, void> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let start = 0;
  while (start < buffer.length) {
    const end = buffer.indexOf(0x0a, start);
    yield buffer.toString('latin1', start, end);
    start = end + 1;
  }
}

function syncedCursor(line: string): FolderCursor | null {
  if (!line.startsWith('{"type":"synced"')) return null;
  const frame = JSON.parse(line) as Extract<LettersFrame, { type: 'synced' }>;
  if (frame.folder !== 'inbox') return null;
  const uids = UidSet.range(1, frame.synced.uidNext - 1).format();
  return { folder: 'inbox', uidValidity: frame.uidValidity, uids, synced: frame.synced };
}

/** The worst and the 99th percentile tell the same story here; p99 is what the goal names. */
async function loopDelayDuring(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  return Math.round(delay.percentile(99) / 10_000) / 100;
}

interface ListingRow {
  readonly listMs: number;
  readonly resyncMs: number;
  readonly openMs: number;
}

/**
 * Nothing new: one poll of an open folder and the desk's plan, against listing all UIDs of the same open folder. Opening
 * it, which costs the server much and is the same for both, is told apart.
 */
async function listing(server: Dovecot, cursor: FolderCursor): Promise<ListingRow> {
  const client = await server.client();
  const known = { uidValidity: cursor.uidValidity, uids: UidSet.parse(cursor.uids), synced: cursor.synced };
  const lists: number[] = [];
  const resyncs: number[] = [];
  const opens: number[] = [];
  for (let round = 0; round < 15; round += 1) {
    let startedAt = performance.now();
    const mailbox = await client.mailboxOpen('INBOX', { readOnly: true });
    opens.push(performance.now() - startedAt);
    startedAt = performance.now();
    await client.noop();
    const plan = planSync(known, {
      uidValidity: mailbox.uidValidity.toString(),
      uidNext: mailbox.uidNext,
      exists: mailbox.exists,
      highestModseq: mailbox.highestModseq?.toString() ?? null,
    });
    if (plan.kind !== 'nothing') throw new Error('Something is new.');
    resyncs.push(performance.now() - startedAt);
    startedAt = performance.now();
    let count = 0;
    for await (const row of client.fetch('1:*', { uid: true }, { uid: true })) count += row.uid > 0 ? 1 : 0;
    if (count !== corpus.letters) throw new Error('The listing is short.');
    lists.push(performance.now() - startedAt);
    await client.mailboxClose();
  }
  await client.logout();
  return { listMs: median(lists), resyncMs: median(resyncs), openMs: median(opens) };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function printRounds({ name }: MailboxConnection, measured: readonly Round[], goals: Goals): void {
  const of = (pick: (round: Round) => number): number => median(measured.map(pick));
  const rawMs = of((round) => round.rawMs);
  const mbsyncMs = of((round) => round.mbsyncMs);
  const pipelineMs = of(({ pipeline }) => pipeline.ms);
  const storedMs = of(({ desk }) => desk.storedMs);
  const [idleMs, busyMs] = [of(({ desk }) => desk.echoIdleMs), of(({ desk }) => desk.echoBusyMs)];
  console.log(`--- ${name}, medians`);
  console.log(`raw ${rawMs} ms, mbsync ${mbsyncMs} ms, desk ${storedMs} ms`);
  console.log(`imapflow / raw: ${(of(({ flowMs }) => flowMs) / rawMs).toFixed(2)}`);
  console.log(
    `desk without cache / raw: ${(pipelineMs / rawMs).toFixed(2)}; / mbsync: ${(pipelineMs / mbsyncMs).toFixed(2)}`,
  );
  console.log(`first letters after: ${of(({ pipeline }) => pipeline.firstLettersMs)} ms`);
  console.log(
    `main thread's event loop p99: ${of(({ pipeline }) => pipeline.loopIdleMs)} ms idle, ${of(({ pipeline }) => pipeline.loopBusyMs)} ms while syncing`,
  );
  console.log(`bridge echo p99: ${idleMs.toFixed(2)} ms idle, ${busyMs.toFixed(2)} ms busy`);
  goals.compare(`stored / mbsync, ${name}`, storedMs / mbsyncMs, 0.6);
  goals.compare(`stored / raw, ${name}`, storedMs / rawMs, 8);
  goals.compare(`first usable queue in s, ${name}`, of(({ desk }) => desk.firstQueueMs) / 1_000, 2);
  goals.compare(`bridge echo p99 busy / idle, ${name}`, busyMs / idleMs, 3);
}

function printListing(list: ListingRow, goals: Goals): void {
  console.log(
    `re-sync with nothing new ${list.resyncMs.toFixed(2)} ms / listing all UIDs ${list.listMs.toFixed(2)} ms; opening the folder ${list.openMs.toFixed(2)} ms`,
  );
  goals.compare('re-sync / listing', list.resyncMs / list.listMs, 0.02);
}

/** What is to be reached, and what of it was missed. */
class Goals {
  readonly #missed: string[] = [];

  compare(name: string, value: number, most: number): void {
    const met = value <= most;
    console.log(`goal ${name}: ${value.toFixed(3)} (at most ${most}) ${met ? 'met' : 'MISSED'}`);
    if (!met) this.#missed.push(name);
  }

  printSum(): void {
    console.log(this.#missed.length === 0 ? 'all goals met' : `missed: ${this.#missed.join('; ')}`);
  }
}
