import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { LetterId } from '../ids.ts';
import { firstRawValue, splitHeaderFields, unfoldRawValue, type HeaderField } from './header-fields.ts';

/** What the mail server says of a letter; used for identity only where the letter has no Message-ID. */
export interface ServerFacts {
  /** INTERNALDATE. */
  readonly internalDateAt: number;
  /** RFC822.SIZE in bytes. */
  readonly size: number;
}

/** Changes when the rule below changes, so that ids of different rules can never be equal by chance. */
const identityRuleVersion = 1;

const identityFields = ['message-id', 'date', 'from', 'subject'] as const;
const absentLength = 0xff_ff_ff_ff;

/**
 * The identity of a letter: the same in every folder, under every UIDVALIDITY and on every desk.
 *
 * Rule 1: SHA-256 over the first Message-ID, Date, From and Subject field, in this order, each as a 32-bit
 * big-endian length and the unfolded, trimmed raw value bytes (an absent field is the length 0xFFFFFFFF alone).
 * A letter whose Message-ID is absent or empty adds INTERNALDATE and size, each as eight big-endian bytes. Decoding
 * never takes part, so a better charset rule does not change an id; other fields, their order and folding do not
 * either.
 */
export function letterIdentity(rawHeader: Uint8Array, fallback: ServerFacts): LetterId {
  return identityOfFields(splitHeaderFields(rawHeader).fields, fallback);
}

/** {@link letterIdentity} for a header that is already split. */
export function identityOfFields(fields: readonly HeaderField[], fallback: ServerFacts): LetterId {
  const values = identityFields.map((name) => {
    const raw = firstRawValue(fields, name);
    return raw === null ? null : unfoldRawValue(raw);
  });
  const messageId = values[0] ?? null;
  const withoutMessageId = messageId === null || messageId.length === 0;
  const length =
    values.reduce((sum, value) => sum + 4 + (value?.length ?? 0), 0) + (withoutMessageId ? 16 : 0);
  const input = new Uint8Array(length);
  const view = new DataView(input.buffer);
  let position = 0;
  for (const value of values) {
    view.setUint32(position, value?.length ?? absentLength);
    position += 4;
    if (value !== null) {
      input.set(value, position);
      position += value.length;
    }
  }
  if (withoutMessageId) {
    view.setBigInt64(position, BigInt(Math.trunc(fallback.internalDateAt)));
    view.setBigInt64(position + 8, BigInt(Math.trunc(fallback.size)));
  }
  return `${identityRuleVersion}:${bytesToHex(sha256(input))}` as LetterId;
}
