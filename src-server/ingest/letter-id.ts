import { createHash } from 'node:crypto';
import type { LetterId } from '#shared/ids.ts';
import type { LetterLocation } from '#shared/ticket/letter.ts';

/*
 * Identities of rule version 0 are made by the API where no header bytes have been read. Letters' own identities have
 * versions from 1.
 */

/** Stands in for an answer's copy in Sent until that is found; then it becomes a tombstone in the feed. */
export function letterIdOfMessage(messageId: string): LetterId {
  return versionZero(`message ${messageId}`);
}

/** A letter that cannot be read has nothing but its place. */
export function letterIdOfPlace({ folder, uidValidity, uid }: LetterLocation): LetterId {
  return versionZero(`place ${folder} ${uidValidity} ${uid}`);
}

function versionZero(text: string): LetterId {
  return `0:${createHash('sha256').update(text).digest('hex')}` as LetterId;
}
