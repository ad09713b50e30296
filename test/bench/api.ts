import { createHash } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Pool } from 'undici';
import { v7 as newUuid } from 'uuid';
import { openPostgres } from '#server/database/postgres-database.ts';
import { StoredRules } from '#server/regulation/stored-rules.ts';
import { pushOperations } from '#server/operations/push-operations.ts';
import type { AgentId, LetterId, OperationId, TicketId } from '#shared/ids.ts';
import type { QueuePage, QueueQuery } from '#shared/protocol/queue.ts';
import type { LetterFacts } from '#shared/ticket/letter.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { askApi } from '#test/fakes/call-api.ts';
import { startPostgres } from '#test/fakes/start-postgres.ts';
import { calibrate } from './calibrate.ts';

const rules = new StoredRules();

const ticketCount = 10_000;
const batchSize = 500;
const rounds = 5;
const roundMs = 1_500;
const connections = 16;

interface Row {
  readonly what: string;
  readonly value: string;
  readonly goal?: string;
  readonly met?: boolean;
}

/**
 * Measures the ticket API against yardsticks of the same run: a real PostgreSQL with fsync on, the API as a process of
 * its own over HTTP. What is compared is run in turns, and medians are taken, so that a busy machine hits both alike.
 */
export async function run(): Promise<void> {
  const rows: Row[] = [
    { what: 'machine: SHA-256 of 256 MiB, one thread', value: `${calibrate().toFixed(0)} ms` },
  ];
  const postgres = await startPostgres({ durable: true });
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'stp-bench-api-'));
  const api = await startProcess(['src-server/start.ts'], {
    DATABASE_URL: postgres.url,
    STP_DATA_DIR: dataFolder,
    PORT: '0',
    STP_LOG_LEVEL: 'warn',
  });
  try {
    const url = await api.line(/^Ticket API at (\S+)$/u);
    const password = await api.line(/password: (\S+)$/u);
    const session = await askApi(url, 'logIn', null, { body: { login: 'admin', password } });
    const desk = { url, token: session.accessToken, agentId: session.agent.id };
    await setMailbox(desk);
    rows.push(...(await ingestRows(desk)));
    // Before tickets change: later the deep end holds nothing but tickets, which are longer than letters.
    rows.push(...(await feedRows(desk)));
    rows.push(...(await operationRows(desk, postgres.url)));
    rows.push(...(await queueRows(desk)));
  } finally {
    await api.stop();
    await postgres.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
  for (const row of rows) {
    const verdict = row.met === undefined ? '' : row.met ? 'met' : 'MISSED';
    console.log([row.what.padEnd(66), row.value.padStart(22), row.goal ?? '', verdict].join('  ').trimEnd());
  }
}

interface Desk {
  readonly url: string;
  readonly token: string;
  readonly agentId: AgentId;
}

async function ingestRows({ url, token }: Desk): Promise<Row[]> {
  const started = performance.now();
  for (let from = 0; from < ticketCount; from += batchSize) {
    const letters = Array.from({ length: batchSize }, (_none, index) => letterOf(from + index));
    await askApi(url, 'ingest', token, { body: { letters } });
  }
  const perSecond = ticketCount / ((performance.now() - started) / 1000);
  return [
    {
      what: `ingest, ${batchSize} letters a batch, each a ticket`,
      value: `${perSecond.toFixed(0)} letters/s`,
    },
  ];
}

/** The yardstick has no HTTP to carry: it calls the same code in this process, one operation at a time. */
async function operationRows(desk: Desk, databaseUrl: string): Promise<Row[]> {
  const ids = (await readQueue(desk, 4 * batchSize)).map((ticket) => ticket.id);
  const database = openPostgres(databaseUrl, () => {});
  const author = { agentId: desk.agentId, role: 'admin' } as const;
  const oneByOne: number[] = [];
  const inParallel: number[] = [];
  const batched: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const few = ids.slice(0, 200).map(claimOf);
    oneByOne.push(
      await perSecond(few.length, async () => {
        for (const operation of few) await pushOperations(database, author, [operation], rules, Date.now());
      }),
    );
    const more = ids.slice(200, 600).map(claimOf);
    inParallel.push(
      await perSecond(more.length, async () => {
        const next = more.values();
        const worker = async (): Promise<void> => {
          for (const operation of next)
            await pushOperations(database, author, [operation], rules, Date.now());
        };
        await Promise.all(Array.from({ length: 8 }, worker));
      }),
    );
    batched.push(
      await perSecond(ids.length, async () => {
        for (let from = 0; from < ids.length; from += batchSize) {
          const operations = ids.slice(from, from + batchSize).map(claimOf);
          const { answers } = await askApi(desk.url, 'pushOperations', desk.token, { body: { operations } });
          if (answers.some((answer) => answer.outcome !== 'applied'))
            throw new Error('an operation was refused');
        }
      }),
    );
  }
  await database.close();
  const ratio = median(batched) / median(oneByOne);
  return [
    {
      what: 'operations, one transaction each, in turn (no HTTP)',
      value: `${median(oneByOne).toFixed(0)}/s`,
    },
    {
      what: 'operations, one transaction each, 8 at a time (no HTTP)',
      value: `${median(inParallel).toFixed(0)}/s`,
    },
    { what: `operations, ${batchSize} a batch, over HTTP`, value: `${median(batched).toFixed(0)}/s` },
    { what: 'batched / one by one', value: `${ratio.toFixed(1)}x`, goal: '>= 5', met: ratio >= 5 },
    { what: 'batched / 8 at a time', value: `${(median(batched) / median(inParallel)).toFixed(1)}x` },
  ];
}

async function queueRows(desk: Desk): Promise<Row[]> {
  const target = `${desk.url}/v1/queue?section=to-answer&limit=50`;
  const size = (await (await fetch(target, { headers: headersOf(desk) })).arrayBuffer()).byteLength;
  const yardstick = await startProcess(['test/bench/constant-server.ts', String(size)], {});
  try {
    const constantUrl = await yardstick.line(/^(http\S+)$/u);
    const ids = (await readQueue(desk, 200)).map((ticket) => ticket.id);
    const constant: number[] = [];
    const still: number[] = [];
    const moving: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      constant.push(await load(`${constantUrl}/`, {}));
      still.push(await load(target, headersOf(desk)));
      moving.push(await whileMoving(desk, ids, async () => await load(target, headersOf(desk))));
    }
    const ratio = median(still) / median(constant);
    return [
      {
        what: `Fastify, ${size} constant bytes, ${connections} connections`,
        value: `${median(constant).toFixed(0)}/s`,
      },
      { what: 'queue page of 50 of the same size', value: `${median(still).toFixed(0)}/s` },
      { what: 'queue page / constant bytes', value: ratio.toFixed(2), goal: '>= 0.24', met: ratio >= 0.24 },
      {
        what: 'queue page while a desk changes tickets all the time',
        value: `${median(moving).toFixed(0)}/s`,
      },
    ];
  } finally {
    await yardstick.stop();
  }
}

async function feedRows({ url, token }: Desk): Promise<Row[]> {
  const limit = 1_000;
  const { head } = await askApi(url, 'pullChanges', token, { query: { after: 0, limit: 1 } });
  const deep = Math.floor(head * 0.9);
  const first: Page[] = [];
  const later: Page[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < 60; round += 1) {
    const pages = [
      await timed(`${url}/v1/changes?after=0&limit=${limit}`, token),
      await timed(`${url}/v1/changes?after=${deep}&limit=${limit}`, token),
    ] as const;
    first.push(pages[0]);
    later.push(pages[1]);
    ratios.push(pages[1].ms / pages[0].ms);
  }
  const ratio = median(ratios);
  const describe = (pages: readonly Page[]): string =>
    `${median(pages.map((page) => page.ms)).toFixed(1)} ms, ${((pages[0]?.bytes ?? 0) / 1024).toFixed(0)} KiB`;
  return [
    { what: `feed page of ${limit} at the start`, value: describe(first) },
    { what: `feed page of ${limit} at 90 % of ${head} entries`, value: describe(later) },
    {
      what: 'deep / first, median of 60 pairs',
      value: `${ratio.toFixed(2)}x`,
      goal: '<= 1.3',
      met: ratio <= 1.3,
    },
  ];
}

interface Page {
  readonly ms: number;
  readonly bytes: number;
}

async function timed(url: string, token: string): Promise<Page> {
  const started = performance.now();
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const { byteLength } = await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`status ${response.status}`);
  return { ms: performance.now() - started, bytes: byteLength };
}

/** Requests a second that a server answers to clients that ask on as soon as they are answered. */
async function load(url: string, headers: Record<string, string>): Promise<number> {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const until = performance.now() + roundMs;
  let answered = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < until) {
      const { statusCode, body } = await pool.request({
        path: `${pathname}${search}`,
        method: 'GET',
        headers,
      });
      await body.arrayBuffer();
      if (statusCode !== 200) throw new Error(`status ${statusCode}`);
      answered += 1;
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: connections }, client));
  const seconds = (performance.now() - started) / 1000;
  await pool.close();
  return answered / seconds;
}

/** Keeps one desk changing tickets, ten at a time, while `work` runs. */
async function whileMoving(
  desk: Desk,
  ids: readonly TicketId[],
  work: () => Promise<number>,
): Promise<number> {
  const stopped = new AbortController();
  const mover = async (): Promise<void> => {
    for (let from = 0; !stopped.signal.aborted; from = (from + 10) % ids.length) {
      const operations = ids.slice(from, from + 10).map(claimOf);
      await askApi(desk.url, 'pushOperations', desk.token, { body: { operations } });
    }
  };
  const moving = mover();
  const value = await work();
  stopped.abort();
  await moving;
  return value;
}

async function readQueue({ url, token }: Desk, count: number) {
  const tickets = [];
  let cursor: string | null = null;
  do {
    const query: QueueQuery = { section: 'to-answer', limit: 200, ...(cursor === null ? {} : { cursor }) };
    const page: QueuePage = await askApi(url, 'queue', token, { query });
    tickets.push(...page.tickets);
    cursor = page.cursor;
  } while (cursor !== null && tickets.length < count);
  return tickets.slice(0, count);
}

async function setMailbox({ url, token }: Desk): Promise<void> {
  const server = {
    host: 'mail.example.by',
    port: 993,
    security: 'tls',
    allowPlainText: false,
    user: 'info',
    password: 'secret',
  } as const;
  await askApi(url, 'putMailbox', token, {
    body: {
      revision: 0,
      address: 'info@example.by',
      displayName: 'СТП',
      ownAddresses: [],
      imap: server,
      smtp: server,
      certificateAuthority: null,
      sentFolder: null,
      ticketsFrom: 0,
    },
  });
}

function letterOf(index: number): LetterFacts {
  return {
    id: `1:${createHash('sha256').update(String(index)).digest('hex')}` as LetterId,
    location: { folder: 'inbox', uidValidity: '1', uid: index + 1 },
    messageId: `<letter-${index}@school${index % 997}.example.by>`,
    inReplyTo: [],
    references: [],
    from: {
      name: `Иванова Мария Петровна ${index}`,
      address: `director${index}@school${index % 997}.example.by`,
    },
    to: [{ name: 'СТП', address: 'info@example.by' }],
    cc: [],
    subject: `Не открывается раздел «Новости» на сайте учреждения №${index}`,
    receivedAt: 1_790_000_000_000 + index * 60_000,
    size: 7_300,
    kind: 'human',
    bounce: null,
    hops: 0,
  };
}

function claimOf(ticketId: TicketId): Operation {
  const now = Date.now();
  return {
    id: newUuid() as OperationId,
    ticketId,
    kind: 'claim-ticket',
    madeAt: now,
    until: now + 3_600_000,
  };
}

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return count / ((performance.now() - started) / 1000);
}

function headersOf({ token }: Desk): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

interface RunningProcess {
  /** The first group of the first output line that fits, past or future. */
  line(pattern: RegExp): Promise<string>;
  stop(): Promise<void>;
}

async function startProcess(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<RunningProcess> {
  const child: ChildProcess = spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.stdout === null) throw new Error('the process has no output');
  const seen: string[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const resume of waiting) resume();
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    seen.push(line);
    wake();
  });
  child.on('exit', wake);
  return {
    line: async (pattern) => {
      for (;;) {
        const found = seen.map((line) => pattern.exec(line)?.[1]).find((group) => group !== undefined);
        if (found !== undefined) return found;
        if (child.exitCode !== null) throw new Error(`${args[0] ?? ''} ended: ${seen.join('\n')}`);
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
        });
      }
    },
    stop: async () => {
      if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit');
    },
  };
}
