import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { seal, sealOverhead, unseal } from '../vault/seal.ts';

/*
 * The journal on disk. Numbers are big-endian.
 *
 *   header   "STPJRNL\n"  8 | format version 4 | file id 16 | key check 28 (an empty text, sealed)
 *   frame    length 4 | sequence 4 | CRC-32 of those two 4 | sealed: nonce 12, ciphertext, tag 16
 *
 * The context of every seal is format version, file id and sequence: a frame cannot be moved, doubled, left out of the
 * middle or brought over from another file unseen. The CRC tells a damaged length from an end that was never written.
 */

const magic = Buffer.from('STPJRNL\n', 'latin1');
const formatVersion = 1;
const headerBytes = 8 + 4 + 16 + sealOverhead;
const frameHeadBytes = 12;

/** A header is sealed under a sequence that no frame can have. */
const headerSequence = 0xffff_ffff;

/** Writes frames of one file. */
export class FrameWriter {
  readonly #key: Uint8Array;
  readonly #fileId: Uint8Array;
  #sequence: number;

  constructor(key: Uint8Array, fileId: Uint8Array = randomBytes(16), sequence = 0) {
    this.#key = key;
    this.#fileId = fileId;
    this.#sequence = sequence;
  }

  /** The first bytes of the file. */
  header(): Uint8Array {
    const version = Buffer.alloc(4);
    version.writeUInt32BE(formatVersion);
    const check = seal(this.#key, new Uint8Array(), context(this.#fileId, headerSequence));
    return Buffer.concat([magic, version, this.#fileId, check]);
  }

  /** The next frame; it must be written where the frame before it ends. */
  frame(payload: string): Uint8Array {
    const sealed = seal(this.#key, Buffer.from(payload, 'utf8'), context(this.#fileId, this.#sequence));
    const head = Buffer.alloc(frameHeadBytes);
    head.writeUInt32BE(sealed.length, 0);
    head.writeUInt32BE(this.#sequence, 4);
    head.writeUInt32BE(crc32(head.subarray(0, 8)), 8);
    this.#sequence += 1;
    return Buffer.concat([head, sealed]);
  }

  /** Takes back frames that did not reach the disk; `mark` is an earlier `sequence`. */
  rewind(mark: number): void {
    this.#sequence = mark;
  }

  get sequence(): number {
    return this.#sequence;
  }
}

/** What a file holds. */
export type JournalFileContent =
  | {
      readonly kind: 'readable';
      /** Payloads of all frames that can be read, in order. */
      readonly payloads: readonly string[];
      /** Where the last readable frame ends. */
      readonly end: number;
      /**
       * `whole`: nothing else is in the file. `torn`: behind the frames one was begun and never finished, as a power
       * cut leaves it; it was never acknowledged. `damaged`: somewhere are bytes that once were a frame, or claim to
       * be one, and cannot be read.
       */
      readonly condition: 'whole' | 'torn' | 'damaged';
      /** Bytes in damaged places. */
      readonly lostBytes: number;
      /** Goes on behind `end`; of no use for a damaged file. */
      readonly writer: FrameWriter;
    }
  /** Not a journal, or its header is gone: nothing in it can be read. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'wrong-key' }
  | { readonly kind: 'newer-format' };

/** Reads a whole file; pure. */
export function readJournalFile(bytes: Uint8Array, key: Uint8Array): JournalFileContent {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < headerBytes || !file.subarray(0, 8).equals(magic)) return { kind: 'unreadable' };
  if (file.readUInt32BE(8) > formatVersion) return { kind: 'newer-format' };
  const fileId = Buffer.from(file.subarray(12, 28));
  const check = unseal(key, file.subarray(28, headerBytes), context(fileId, headerSequence));
  if (check === null) return { kind: 'wrong-key' };

  const payloads: string[] = [];
  let sequence = 0;
  let end = headerBytes;
  let lostBytes = 0;
  let torn = false;
  while (end < file.length) {
    const frame = readFrame(file.subarray(end), key, fileId, sequence);
    if (frame === 'torn') {
      torn = true;
      break;
    }
    if (frame === 'damaged') {
      const next = findFrame(file, end + 1, key, fileId, sequence);
      lostBytes += (next?.start ?? file.length) - end;
      if (next === null) break;
      end = next.start;
      sequence = next.sequence;
    } else {
      payloads.push(frame.payload);
      end += frame.size;
      sequence += 1;
    }
  }
  return {
    kind: 'readable',
    payloads,
    end,
    condition: lostBytes > 0 ? 'damaged' : torn ? 'torn' : 'whole',
    lostBytes,
    writer: new FrameWriter(key, fileId, sequence),
  };
}

function readFrame(
  rest: Buffer,
  key: Uint8Array,
  fileId: Uint8Array,
  sequence: number,
): { readonly payload: string; readonly size: number } | 'torn' | 'damaged' {
  if (rest.length < frameHeadBytes) return 'torn';
  if (!hasFrameHead(rest, 0) || rest.readUInt32BE(4) !== sequence) {
    // A file system that grew the file before it wrote the bytes leaves zeros behind a power cut.
    return rest.every((byte) => byte === 0) ? 'torn' : 'damaged';
  }
  const size = frameHeadBytes + rest.readUInt32BE(0);
  if (rest.length < size) return 'torn';
  const payload = unseal(key, rest.subarray(frameHeadBytes, size), context(fileId, sequence));
  return payload === null ? 'damaged' : { payload: Buffer.from(payload).toString('utf8'), size };
}

/** The first frame from `from` on that can be read and comes later than the damaged one. */
function findFrame(
  file: Buffer,
  from: number,
  key: Uint8Array,
  fileId: Uint8Array,
  damaged: number,
): { readonly start: number; readonly sequence: number } | null {
  for (let start = from; start + frameHeadBytes <= file.length; start += 1) {
    if (!hasFrameHead(file, start)) continue;
    const sequence = file.readUInt32BE(start + 4);
    if (sequence <= damaged) continue;
    if (typeof readFrame(file.subarray(start), key, fileId, sequence) === 'object')
      return { start, sequence };
  }
  return null;
}

function hasFrameHead(bytes: Buffer, at: number): boolean {
  return bytes.readUInt32BE(at + 8) === crc32(bytes.subarray(at, at + 8));
}

function context(fileId: Uint8Array, sequence: number): Uint8Array {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt32BE(formatVersion, 0);
  bytes.set(fileId, 4);
  bytes.writeUInt32BE(sequence, 20);
  return bytes;
}
