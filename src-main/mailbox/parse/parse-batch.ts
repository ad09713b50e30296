import type { ParsedLetter } from '#shared/mail/parsed-letter.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { ServerFacts } from '#shared/mail/identity.ts';

/** Several letters in one message: their bytes one after the other in one transferred buffer. */
export interface ParseBatch {
  readonly batch: number;
  readonly bytes: ArrayBuffer;
  readonly letters: readonly BatchedLetter[];
}

/** One letter of a batch. */
export interface BatchedLetter extends ServerFacts {
  readonly offset: number;
  readonly length: number;
}

/** What a worker sends: once that it is ready, then one answer for each batch, in order. */
export type ParseAnswer<Parsed = ParsedLetter> =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'parsed';
      readonly batch: number;
      readonly letters: readonly Result<Parsed, string>[];
    };

/** Parses every letter of a batch; a letter on which the parser throws is an error of its own. */
export function parseBatch<Parsed>(
  batch: ParseBatch,
  parse: (source: Uint8Array, facts: ServerFacts) => Parsed,
): Extract<ParseAnswer<Parsed>, { kind: 'parsed' }> {
  const letters = batch.letters.map((letter): Result<Parsed, string> => {
    try {
      return ok(parse(new Uint8Array(batch.bytes, letter.offset, letter.length), letter));
    } catch (error) {
      return err(error instanceof Error ? error.name : 'unknown');
    }
  });
  return { kind: 'parsed', batch: batch.batch, letters };
}
