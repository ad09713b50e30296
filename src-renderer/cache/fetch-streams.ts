import { streamPaths } from '#shared/bridge/streams.ts';
import { parseJson, type Bytes } from './bytes.ts';
import { splitLines } from './split-lines.ts';
import type { Received, StreamSource } from './stream-source.ts';

/** The main process's streams, relative to the page's origin. */
export function fetchStreams(): StreamSource {
  return {
    changes: (request, signal) => readStream(streamPaths.changes, request, signal),
    letters: (request, signal) => readStream(streamPaths.letters, request, signal),
    pending: (signal) => readStream(streamPaths.pending, {}, signal),
  };
}

/** The caller names the frames of the path; both ends are built together. */
async function* readStream<Frame>(
  path: string,
  request: unknown,
  signal: AbortSignal,
): AsyncGenerator<Received<Frame>> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
    signal,
  });
  if (!response.ok || response.body === null) throw new Error(`${path} answered ${response.status}`);
  for await (const json of splitLines(chunksOf(response.body))) {
    yield new Line<Frame>(json);
  }
}

/** A line that is parsed when somebody looks at its frame. */
class Line<Frame> implements Received<Frame> {
  readonly json: Bytes;

  constructor(json: Bytes) {
    this.json = json;
  }

  get frame(): Frame {
    return parseJson(this.json) as Frame;
  }
}

async function* chunksOf(body: ReadableStream<Bytes>): AsyncGenerator<Bytes> {
  const reader = body.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    // Ends the response at the other side too; an already broken one has nothing to cancel.
    await reader.cancel().catch(() => null);
  }
}
