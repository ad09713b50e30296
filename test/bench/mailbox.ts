import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import type { FolderCursor, LettersFrame } from '#shared/bridge/streams.ts';
import { UidSet } from '#shared/mail/uid-set.ts';
import { startDovecot, type Dovecot } from '#test/fakes/start-dovecot.ts';
import { DeskMailbox, plainServer, recordFor } from '../integration/mailbox/desk-mailbox.ts';
import { corpus, deliverCorpus } from './mailbox-corpus.ts';
import { measureDesk, type DeskRow } from './whole-desk.ts';

const execute = promisify(execFile);

interface Measured {
  readonly name: string;
  readonly ms: number;
}

/**
 * Measures the first sync of a mailbox of fixed size against its named peers, all in one run on the same Dovecot:
 * raw socket, imapflow alone, mbsync with FSync, and the desk's own way up to the lines that the cache takes.
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
    // Dovecot makes its own index on first sight; no one shall pay for it.
    await rawFetch(server);
    const raw = await timed('raw socket, all sources', () => rawFetch(server));
    const flow = await timed('imapflow, all sources', () => imapflowFetch(server));
    const mbsync = await timed('mbsync, FSync on', () => mbsyncFetch(server));
    const pipeline = await pipelineRows(server);
    const list = await listing(server, pipeline.cursors);
    const desk = await measureDesk(server);
    print(raw, flow, mbsync, pipeline, list, desk);
  } finally {
    await server.stop();
  }
  console.log(`calibration after: ${calibrate()} ms`);
}

/** SHA-256 over 64 MB on one core: tells how much of the machine the run had. */
function calibrate(): number {
  const block = Buffer.alloc(1_000_000, 7);
  const startedAt = performance.now();
  for (let round = 0; round < 64; round += 1) createHash('sha256').update(block).digest();
  return Math.round(performance.now() - startedAt);
}

async function timed(name: string, work: () => Promise<void>): Promise<Measured> {
  const startedAt = performance.now();
  await work();
  const ms = Math.round(performance.now() - startedAt);
  console.log(`${name}: ${ms} ms`);
  return { name, ms };
}

/** The least that any client can take: bytes from the socket, counted. */
async function rawFetch(server: Dovecot): Promise<void> {
  const socket = connect(server.port, server.host);
  const commands = [
    `a LOGIN "${server.user}" "${server.password}"\r\n`,
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

async function imapflowFetch(server: Dovecot): Promise<void> {
  const client = await server.client();
  await client.mailboxOpen('INBOX', { readOnly: true });
  let bytes = 0;
  for await (const { source } of client.fetch('1:*', { source: true }, { uid: true }))
    bytes += source?.length ?? 0;
  await client.logout();
  if (bytes !== corpus.bytes) throw new Error(`Only ${bytes} bytes came.`);
}

async function mbsyncFetch(server: Dovecot): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'stp-mbsync-'));
  try {
    await mkdir(join(folder, 'mail'));
    const configuration = join(folder, 'mbsyncrc');
    await writeFile(
      configuration,
      `FSync yes
IMAPAccount bench
Host ${server.host}
Port ${server.port}
User ${server.user}
Pass "${server.password}"
SSLType None

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
  readonly cursors: readonly FolderCursor[];
}

/** The desk's own way: IMAP, parse, lines, taken and thrown away by the main thread. */
async function pipelineRows(server: Dovecot): Promise<PipelineRow> {
  const loopIdleMs = await loopDelayDuring(() => new Promise((resolve) => setTimeout(resolve, 1_000)));
  const startedAt = performance.now();
  await using desk = new DeskMailbox(recordFor(plainServer(server), { ticketsFrom: Date.UTC(2100, 0) }));
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
    cursors: [cursor],
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
async function listing(server: Dovecot, cursors: readonly FolderCursor[]): Promise<ListingRow> {
  const client = await server.client();
  const { planSync } = await import('#main/mailbox/uid-planner.ts');
  const [cursor] = cursors;
  if (cursor === undefined) throw new Error('No cursor.');
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

function print(
  raw: Measured,
  flow: Measured,
  mbsync: Measured,
  pipeline: PipelineRow,
  list: ListingRow,
  desk: DeskRow,
): void {
  const ratio = (value: number, of: number): string => (value / of).toFixed(2);
  console.log(`desk: stored, encrypted, readable: ${desk.storedMs} ms; first queue ${desk.firstQueueMs} ms`);
  console.log(
    `bridge echo p99: ${desk.echoIdleMs.toFixed(2)} ms idle, ${desk.echoBusyMs.toFixed(2)} ms busy`,
  );
  console.log(`imapflow / raw: ${ratio(flow.ms, raw.ms)}`);
  console.log(
    `desk without cache / raw: ${ratio(pipeline.ms, raw.ms)}; / mbsync: ${ratio(pipeline.ms, mbsync.ms)}`,
  );
  console.log(`first letters after: ${pipeline.firstLettersMs} ms`);
  console.log(
    `main thread's event loop p99: ${pipeline.loopIdleMs} ms idle, ${pipeline.loopBusyMs} ms while syncing`,
  );
  console.log(
    `re-sync with nothing new ${list.resyncMs.toFixed(2)} ms / listing all UIDs ${list.listMs.toFixed(2)} ms; opening the folder ${list.openMs.toFixed(2)} ms`,
  );
  const missed: string[] = [];
  const goal = (name: string, value: number, most: number): void => {
    const met = value <= most;
    console.log(`goal ${name}: ${value.toFixed(3)} (at most ${most}) ${met ? 'met' : 'MISSED'}`);
    if (!met) missed.push(name);
  };
  goal('re-sync / listing', list.resyncMs / list.listMs, 0.02);
  goal('stored / mbsync', desk.storedMs / mbsync.ms, 0.6);
  goal('stored / raw', desk.storedMs / raw.ms, 8);
  goal('first usable queue, s', desk.firstQueueMs / 1_000, 2);
  goal('bridge echo p99 busy / idle', desk.echoBusyMs / desk.echoIdleMs, 3);
  console.log(missed.length === 0 ? 'all goals met' : `missed: ${missed.join(', ')}`);
}
