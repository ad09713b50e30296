import { parentPort } from 'node:worker_threads';
import { parseBatch, type ParseAnswer, type ParseBatch } from '#main/mailbox/parse/parse-batch.ts';
import { parseLetter } from '#main/mailbox/parse/parse-letter.ts';

/*
 * A thread of ParsePool with the parser's own results, which can be compared with those of this thread.
 */

if (parentPort === null) throw new Error('parser-worker.ts runs in a worker thread only');
const port = parentPort;
port.on('message', (batch: ParseBatch) => {
  port.postMessage(parseBatch(batch, parseLetter));
});
port.postMessage({ kind: 'ready' } satisfies ParseAnswer);
