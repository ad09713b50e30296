import type { Quarantine } from '#shared/protocol/ingest.ts';
import type { LetterId } from '#shared/ids.ts';
import type { Letter, LetterLocation } from '#shared/ticket/letter.ts';
import type { Database } from '../database/database.ts';
import { raceSafeTransaction } from '../database/transaction.ts';
import { commitChanges } from '../feed/commit-changes.ts';
import { letterIdOfPlace } from './letter-id.ts';
import { writeLetters } from './letter-rows.ts';

/** Gives an unreadable letter a visible fate, unless its place has one already. It ends when the letter is ingested. */
export async function quarantineLetter(
  database: Database,
  { location, receivedAt }: Quarantine,
  now: number,
): Promise<void> {
  const { folder, uidValidity, uid } = location;
  const letter = {
    ...quarantinedLetter(letterIdOfPlace(location), location, Math.min(receivedAt, now)),
    locations: [location],
  };
  await raceSafeTransaction(database, async (transaction) => {
    const placed = await transaction.query(
      `insert into letter_location (folder, uid_validity, uid, letter_id) values ($1, $2, $3::bigint, $4)
       on conflict do nothing returning uid`,
      [folder, uidValidity, uid, letter.id],
    );
    if (placed.length === 0) return;
    await writeLetters(transaction, [letter]);
    await commitChanges(transaction, [{ kind: 'letter', id: letter.id }], [], [], now);
  });
}

/** A letter of which nothing is known but its place and its receipt; its locations are the caller's to fill in. */
export function quarantinedLetter(id: LetterId, { folder }: LetterLocation, receivedAt: number): Letter {
  return {
    id,
    direction: folder === 'sent' ? 'out' : 'in',
    disposition: { state: 'quarantined', reason: 'unreadable', reviewedBy: null },
    messageId: null,
    from: { name: '', address: '' },
    to: [],
    cc: [],
    subject: '',
    receivedAt,
    kind: 'human',
    bounce: null,
    answerKind: null,
    agentId: null,
    locations: [],
  };
}
