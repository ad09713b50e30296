import type { Letter, LetterFacts, LetterLocation } from '#shared/ticket/letter.ts';
import type { Queryable } from '../database/database.ts';

/**
 * Adds a place to a letter. Places in the same folder under another UIDVALIDITY go: the server has numbered the folder
 * anew (RFC 3501 §2.3.1.1).
 */
export function withLocation(letter: Letter, place: LetterLocation): Letter {
  if (letter.locations.some((known) => isSamePlace(known, place))) return letter;
  const valid = letter.locations.filter(
    (known) => known.folder !== place.folder || known.uidValidity === place.uidValidity,
  );
  return { ...letter, locations: [...valid, place] };
}

/** Notes for every place which letter lies there; places of an older UIDVALIDITY go. */
export async function writeLocations(transaction: Queryable, given: readonly LetterFacts[]): Promise<void> {
  const byPlace = new Map(given.map((facts) => [placeKey(facts.location), facts]));
  const facts = [...byPlace.values()];
  const columns = [
    facts.map(({ location }) => location.folder),
    facts.map(({ location }) => location.uidValidity),
    facts.map(({ location }) => location.uid),
    facts.map(({ id }) => id),
  ];
  await transaction.query(
    `delete from letter_location l using unnest($1::text[], $2::text[], $3::text[]) as g (folder, uid_validity, letter_id)
     where l.letter_id = g.letter_id and l.folder = g.folder and l.uid_validity <> g.uid_validity`,
    [columns[0], columns[1], columns[3]],
  );
  await transaction.query(
    `insert into letter_location (folder, uid_validity, uid, letter_id)
     select * from unnest($1::text[], $2::text[], $3::bigint[], $4::text[])
     on conflict (folder, uid_validity, uid) do update set letter_id = excluded.letter_id`,
    columns,
  );
}

function isSamePlace(a: LetterLocation, b: LetterLocation): boolean {
  return placeKey(a) === placeKey(b);
}

function placeKey({ folder, uidValidity, uid }: LetterLocation): string {
  return `${folder} ${uidValidity} ${uid}`;
}
