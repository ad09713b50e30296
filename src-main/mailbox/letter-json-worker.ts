import { parentPort } from 'node:worker_threads';
import { letterJson } from './letter-json.ts';
import { parseBatch, type ParseAnswer, type ParseBatch } from './parse/parse-batch.ts';
import { yieldToOthers } from './thread-priority.ts';

/*
 * A thread of the mailbox's ParsePool: letters in, the JSON of their content out.
 */

if (parentPort === null) throw new Error('letter-json-worker.ts runs in a worker thread only');
const port = parentPort;
yieldToOthers(4);
port.on('message', (batch: ParseBatch) => {
  const answer = parseBatch(batch, letterJson);
  port.postMessage(
    answer,
    answer.letters.flatMap((letter) => (letter.ok ? [letter.value.buffer] : [])),
  );
});
port.postMessage({ kind: 'ready' } satisfies ParseAnswer<Uint8Array>);
