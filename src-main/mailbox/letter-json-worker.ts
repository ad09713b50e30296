import { parentPort } from 'node:worker_threads';
import { ok } from '#shared/result.ts';
import type { ReadLetter } from './frame-lines.ts';
import { letterJson } from './letter-json.ts';
import { parseBatch, type ParseAnswer, type ParseBatch } from './parse/parse-batch.ts';
import { TextPacker } from './text-packer.ts';
import { yieldToOthers } from './thread-priority.ts';

/*
 * A thread of the mailbox's ParsePool: letters in, the JSON of their content out.
 */

if (parentPort === null) throw new Error('letter-json-worker.ts runs in a worker thread only');
const port = parentPort;
yieldToOthers(10);
const packer = new TextPacker();
port.on('message', (batch: ParseBatch) => {
  const { letters } = parseBatch(batch, letterJson);
  const packed = packer.pack(letters.map((letter) => (letter.ok ? letter.value.json : '')));
  const answer: ParseAnswer<ReadLetter> = {
    kind: 'parsed',
    batch: batch.batch,
    letters: letters.map((letter, index) =>
      letter.ok ? ok({ id: letter.value.id, json: packed[index] ?? new Uint8Array() }) : letter,
    ),
  };
  port.postMessage(
    answer,
    packed.slice(0, 1).map(({ buffer }) => buffer),
  );
});
port.postMessage({ kind: 'ready' } satisfies ParseAnswer<ReadLetter>);
