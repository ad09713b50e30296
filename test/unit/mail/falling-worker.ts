import { parentPort } from 'node:worker_threads';
import { parseBatch, type ParseBatch } from '#main/mailbox/parse/parse-batch.ts';
import { parseLetter } from '#main/mailbox/parse/parse-letter.ts';

/*
 * A parse worker that falls over certain letters, as a parser with a fault would.
 */

const port = parentPort;
port?.on('message', (batch: ParseBatch) => {
  const answer = parseBatch(batch, (source, facts) => {
    const text = Buffer.from(source).toString('latin1');
    if (text.includes('X-Crash:')) process.exit(3);
    if (text.includes('X-Hang:'))
      for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
    if (text.includes('X-Throw:')) throw new RangeError('fault');
    return parseLetter(source, facts);
  });
  port.postMessage(answer);
});
port?.postMessage({ kind: 'ready' });
