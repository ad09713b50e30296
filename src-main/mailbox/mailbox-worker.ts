import { availableParallelism } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { Clock } from '#shared/clock.ts';
import type { Log } from '../log.ts';
import type { ReadLetter } from './frame-lines.ts';
import type { IngestPort } from './ingest-port.ts';
import { MailboxEngine } from './mailbox-engine.ts';
import { mailTimes } from './mail-times.ts';
import { openImap } from './open-imap.ts';
import { yieldToOthers } from './thread-priority.ts';
import { ParsePool } from './parse/parse-pool.ts';
import type { ApiCallName, FromWorker, MailboxWorkerData, ToWorker } from './worker-messages.ts';

/*
 * The mailbox's thread: fetching 12,000 headers stopped the event loop that does it for 413 ms, so that is not the
 * main process's.
 */

if (parentPort === null) throw new Error('mailbox-worker.ts runs in a worker thread only');
const port = parentPort;
// The window, the cache and what an agent sends go before letters; the parser's thread yields to this one as well.
yieldToOthers(5);
const { parserUrl } = workerData as MailboxWorkerData;
const clock: Clock = { now: () => Date.now() };
/** One core stays for the fetch and the window; a second parser thread on two cores only took turns with them. */
const parser = new ParsePool<ReadLetter>({
  workerUrl: new URL(parserUrl),
  size: Math.max(1, Math.min(2, availableParallelism() - 1)),
});
const waiting = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();
let nextCall = 1;
let engine: MailboxEngine | null = null;

function post(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

const log: Log = {
  info: (event, facts = {}) => post({ type: 'log', level: 'info', event, facts }),
  warn: (event, facts = {}) => post({ type: 'log', level: 'warn', event, facts }),
  error: (event, facts = {}) => post({ type: 'log', level: 'error', event, facts }),
};

/** The ticket API is the main thread's; its answers come back as they are. */
function ask<Name extends ApiCallName>(
  message: Omit<Extract<FromWorker, { type: 'api-call'; name: Name }>, 'type' | 'call'>,
): Promise<Awaited<ReturnType<IngestPort[Name]>>> {
  const call = nextCall;
  nextCall += 1;
  return new Promise((resolve, reject) => {
    waiting.set(call, {
      resolve: (answer) => {
        resolve(answer as Awaited<ReturnType<IngestPort[Name]>>);
      },
      reject,
    });
    port.postMessage({ type: 'api-call', call, ...message });
  });
}

const api: IngestPort = {
  missing: (params) => ask<'missing'>({ name: 'missing', params }),
  ingest: (params) => ask<'ingest'>({ name: 'ingest', params }),
  quarantine: (params) => ask<'quarantine'>({ name: 'quarantine', params }),
  lease: () => ask<'lease'>({ name: 'lease', params: null }),
  putWatermark: (params) => ask<'putWatermark'>({ name: 'putWatermark', params }),
  serverNow: () => ask<'serverNow'>({ name: 'serverNow', params: null }),
};

async function answerCall(message: Extract<ToWorker, { type: 'call' }>): Promise<void> {
  const { call } = message;
  if (message.name === 'test') {
    const opened = await openImap({ ...message.params, times: mailTimes, onClose: () => undefined });
    if (opened.ok) await opened.value.logout().catch(() => undefined);
    post({ type: 'answer', call, result: opened.ok ? { ok: true, value: undefined } : opened });
    return;
  }
  if (engine === null) {
    post({ type: 'answer', call, result: { ok: false, error: { kind: 'unreachable' } } });
    return;
  }
  switch (message.name) {
    case 'fetch-letter': {
      const { id, locations } = message.params;
      post({ type: 'answer', call, result: await engine.fetchLetter(id, locations) });
      return;
    }
    case 'attachment': {
      const result = await engine.attachment(message.params);
      post({ type: 'answer', call, result }, result.ok ? [result.value.bytes.buffer] : []);
      return;
    }
    case 'sent-copies':
      post({ type: 'answer', call, result: await engine.sentCopies(message.params.messageId) });
      return;
    case 'file-sent-copy': {
      const { messageId, bytes } = message.params;
      post({ type: 'answer', call, result: await engine.fileSentCopy(messageId, bytes) });
    }
  }
}

function onMessage(message: ToWorker): void {
  switch (message.type) {
    case 'start': {
      const { record } = message;
      const { imap: server, certificateAuthority } = record;
      engine ??= new MailboxEngine({
        record,
        api,
        open: (onClose) => openImap({ server, certificateAuthority, times: mailTimes, onClose }),
        parser,
        times: mailTimes,
        clock,
        random: () => Math.random(),
        log,
        onStatus: (status) => post({ type: 'status', ...status }),
      });
      engine.start();
      return;
    }
    case 'retry':
      engine?.retryNow();
      return;
    case 'close':
      engine?.close();
      void parser.close().finally(() => {
        post({ type: 'closed' });
        port.close();
      });
      return;
    case 'open-stream': {
      const { stream, request } = message;
      engine?.openStream(
        stream,
        request,
        (bytes) => post({ type: 'lines', stream, bytes }, [bytes.buffer]),
        () => post({ type: 'stream-ended', stream }),
      );
      return;
    }
    case 'close-stream':
      engine?.closeStream(message.stream);
      return;
    case 'taken':
      engine?.taken(message.stream, message.bytes);
      return;
    case 'call':
      void answerCall(message);
      return;
    case 'api-answer':
      waiting.get(message.call)?.resolve(message.answer);
      waiting.delete(message.call);
      return;
    case 'api-failed':
      waiting.get(message.call)?.reject(new Error('The call to the ticket API broke.'));
      waiting.delete(message.call);
  }
}

port.on('message', onMessage);
