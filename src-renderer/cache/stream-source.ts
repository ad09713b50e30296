import type {
  ChangesFrame,
  ChangesRequest,
  LettersFrame,
  LettersRequest,
  PendingFrame,
} from '#shared/bridge/streams.ts';
import type { Bytes } from './bytes.ts';

/** A frame, which may be parsed anew whenever it is looked at, and the bytes of its JSON, which are stored as they came. */
export interface Received<Frame> {
  readonly frame: Frame;
  readonly json: Bytes;
}

/**
 * Where the cache's data comes from. A stream goes on until the signal is aborted or its other side closes it; it throws
 * when it breaks. The reader asks again with its newest cursors.
 */
export interface StreamSource {
  changes(request: ChangesRequest, signal: AbortSignal): AsyncIterable<Received<ChangesFrame>>;
  letters(request: LettersRequest, signal: AbortSignal): AsyncIterable<Received<LettersFrame>>;
  pending(signal: AbortSignal): AsyncIterable<Received<PendingFrame>>;
}
