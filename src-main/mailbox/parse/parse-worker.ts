import { parentPort } from 'node:worker_threads';
import { parseBatch, type ParseAnswer, type ParseBatch } from './parse-batch.ts';
import { parseLetter } from './parse-letter.ts';

/*
 * The thread of ParsePool: answers batches in order.
 */

if (parentPort === null) throw new Error('parse-worker.ts runs in a worker thread only');
const port = parentPort;
port.on('message', (batch: ParseBatch) => {
  port.postMessage(parseBatch(batch, parseLetter));
});
port.postMessage({ kind: 'ready' } satisfies ParseAnswer);
