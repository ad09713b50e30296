import { normaliseAddress } from '#shared/mail/addresses.ts';
import type { ApiError } from '#shared/protocol/api-error.ts';
import type { IngestAnswer } from '#shared/protocol/ingest.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Letter, LetterFacts } from '#shared/ticket/letter.ts';
import { ingestLock } from '../database/advisory-locks.ts';
import type { Database, Queryable } from '../database/database.ts';
import { isDataError } from '../database/sql-error.ts';
import { raceSafeTransaction } from '../database/transaction.ts';
import { readBlocked } from '../directory/blocked-senders.ts';
import { commitChanges, type ChangedEntity } from '../feed/commit-changes.ts';
import { readMailboxRules, type MailboxRules } from '../mailbox/mailbox-records.ts';
import { giveNumbers } from '../tickets/give-numbers.ts';
import { requestReceipts } from '../sends/request-receipts.ts';
import { writeTickets } from '../tickets/ticket-rows.ts';
import { readBouncedLetters, readUnknownBounces } from './bounced-letters.ts';
import { letterIdOfMessage, letterIdOfPlace } from './letter-id.ts';
import { writeLocations, withLocation } from './letter-locations.ts';
import { writeLetters } from './letter-rows.ts';
import { LetterSorter } from './letter-sorter.ts';
import { quarantinedLetter } from './quarantine-letter.ts';
import { readDeskLetters, readUnrelatedSent, writeUnrelatedSent } from './sent-evidence.ts';
import type { RuleBook } from '#shared/regulation/rule-book.ts';
import type { StoredRules } from '../regulation/stored-rules.ts';
import { ThreadIndex } from './thread-index.ts';

/**
 * Takes in the facts of letters and answers the fate of each, in order.
 *
 * One transaction a batch, one batch at a time over all processes: two letters of one thread that come from two desks at
 * the same moment must see each other, and a thread has no row to lock before its ticket exists. Batches are set-based,
 * so the queue is short. Submitting a letter again adds at most another place where it lies.
 *
 * A letter that a mail server dates ahead was received at `now` at the latest: no answer could end a wait that has not
 * begun yet.
 */
export async function ingestLetters(
  database: Database,
  told: readonly LetterFacts[],
  stored: StoredRules,
  now: number,
): Promise<Result<IngestAnswer, ApiError>> {
  const letters = told.map((facts) => (facts.receivedAt > now ? { ...facts, receivedAt: now } : facts));
  try {
    return await ingestBatch(database, letters, stored, now, sortedFate);
  } catch (error) {
    if (!isDataError(error)) throw error;
  }
  // One bad letter never stops the rest: halve the batch until it stands alone, and quarantine it then.
  if (letters.length === 1) return await ingestBatch(database, letters, stored, now, quarantinedFate);
  const middle = Math.ceil(letters.length / 2);
  const first = await ingestLetters(database, letters.slice(0, middle), stored, now);
  const second = first.ok ? await ingestLetters(database, letters.slice(middle), stored, now) : first;
  return first.ok && second.ok ? ok({ letters: [...first.value.letters, ...second.value.letters] }) : second;
}

type FateOf = (facts: LetterFacts, sorter: LetterSorter) => Letter;

const sortedFate: FateOf = (facts, sorter) => sorter.sort(facts);

/** Facts that the database refuses are not kept; where the letter lies is. */
const quarantinedFate: FateOf = ({ id, location, receivedAt }) => quarantinedLetter(id, location, receivedAt);

async function ingestBatch(
  database: Database,
  letters: readonly LetterFacts[],
  stored: StoredRules,
  now: number,
  fateOf: FateOf,
): Promise<Result<IngestAnswer, ApiError>> {
  return await raceSafeTransaction(database, async (transaction) => {
    await transaction.query('select pg_advisory_xact_lock($1::bigint)', [ingestLock]);
    const rules = await readMailboxRules(transaction);
    if (rules === null) {
      return err({
        kind: 'conflict',
        message: 'The mailbox record is not set: nobody said from when letters count.',
      });
    }
    return ok(
      await ingestOnce(
        transaction,
        { rules, ruleBook: await stored.read(transaction) },
        letters,
        now,
        fateOf,
      ),
    );
  });
}

async function ingestOnce(
  transaction: Queryable,
  { rules, ruleBook }: { readonly rules: MailboxRules; readonly ruleBook: RuleBook },
  given: readonly LetterFacts[],
  now: number,
  fateOf: FateOf,
): Promise<IngestAnswer> {
  const claimed = await readDeskLetters(transaction, given);
  const bounced = await readBouncedLetters(transaction, given);
  // Locks in the order tickets, letters, feed head; operations do the same.
  const threads = await ThreadIndex.load(transaction, given, [
    ...[...claimed.values()].map((letter) => letter.ticketId),
    ...bounced.values(),
  ]);
  const before = await lockLetters(transaction, given);
  const sorter = new LetterSorter({
    rules,
    ruleBook,
    threads,
    // Once more: one may have been recorded until its ticket was locked.
    deskLetters: await readDeskLetters(transaction, given),
    unrelatedSent: await readUnrelatedSent(transaction, given),
    bounced,
    unknownBounces: await readUnknownBounces(
      transaction,
      given.flatMap(({ location, messageId }) =>
        location.folder === 'sent' && messageId !== null ? [messageId] : [],
      ),
    ),
    blocked: await readBlocked(
      transaction,
      given.map((facts) => normaliseAddress(facts.from.address)),
    ),
  });

  const letters = new Map(before);
  const changed = new Set<string>();
  const isNew = new Set<string>();
  // A ticket is best opened by its first letter, and answers come after what they answer.
  for (const facts of [...given].sort(byTime)) {
    const known = letters.get(facts.id);
    const fated = known === undefined || isDueAgain(known, facts, rules) ? fateOf(facts, sorter) : known;
    if (known === undefined) isNew.add(facts.id);
    const letter = withLocation({ ...fated, locations: known?.locations ?? [] }, facts.location);
    if (known === undefined || JSON.stringify(letter) !== JSON.stringify(known)) changed.add(letter.id);
    letters.set(letter.id, letter);
  }
  for (const letter of sorter.found) {
    // It may have been taken in by this very batch: keep its place.
    letters.set(letter.id, { ...letter, locations: letters.get(letter.id)?.locations ?? letter.locations });
    changed.add(letter.id);
  }

  const tickets = await giveNumbers(transaction, threads.changed);
  await writeTickets(transaction, tickets, ruleBook);
  await writeLetters(
    transaction,
    [...changed].flatMap((id) => letters.get(id) ?? []),
  );
  await writeLocations(transaction, given);
  await threads.writeRefs(transaction);
  await writeUnrelatedSent(transaction, sorter.newlyUnrelated);
  await requestReceipts(transaction, sorter.opened, tickets, { rules, ruleBook }, now);
  const replaced = await removeStandIns(transaction, given);
  await commitChanges(
    transaction,
    [
      ...tickets.map((ticket): ChangedEntity => ({ kind: 'ticket', id: ticket.id })),
      ...[...changed, ...replaced].map((id): ChangedEntity => ({ kind: 'letter', id })),
    ],
    [],
    sorter.moves,
    now,
  );
  return { letters: answersOf(given, letters, isNew) };
}

function answersOf(
  given: readonly LetterFacts[],
  letters: ReadonlyMap<string, Letter>,
  isNew: Set<string>,
): IngestAnswer['letters'] {
  return given.map(({ id }) => {
    const letter = letters.get(id);
    if (letter === undefined) throw new Error('a letter has no fate');
    // Of one letter given twice in a batch only the first is new.
    return { id, disposition: letter.disposition, isNew: isNew.delete(id) };
  });
}

function byTime(a: LetterFacts, b: LetterFacts): number {
  const sent = Number(a.location.folder === 'sent') - Number(b.location.folder === 'sent');
  return a.receivedAt - b.receivedAt || sent;
}

/**
 * A fate is for good, with two exceptions: history counts when `ticketsFrom` was moved back before it, and a letter of
 * the service to itself is known better by its copy in Sent.
 */
function isDueAgain({ disposition }: Letter, facts: LetterFacts, rules: MailboxRules): boolean {
  if (disposition.state !== 'ignored') return false;
  if (disposition.reason === 'history') return facts.receivedAt >= rules.ticketsFrom;
  return disposition.reason === 'own' && facts.location.folder === 'sent';
}

async function lockLetters(
  transaction: Queryable,
  given: readonly LetterFacts[],
): Promise<Map<string, Letter>> {
  const rows = await transaction.query<{ id: string; state: string }>(
    'select id, state from letter where id = any($1::text[]) order by id for update',
    [given.map((facts) => facts.id)],
  );
  return new Map(rows.map((row) => [row.id, JSON.parse(row.state) as Letter]));
}

/** Removes what stood in for these letters: recorded answers whose copy is found now, quarantined places read at last. */
async function removeStandIns(
  transaction: Queryable,
  given: readonly LetterFacts[],
): Promise<readonly string[]> {
  const standIns = given.flatMap(({ location, messageId }) => [
    letterIdOfPlace(location),
    ...(location.folder === 'sent' && messageId !== null ? [letterIdOfMessage(messageId)] : []),
  ]);
  const rows = await transaction.query<{ id: string }>(
    'delete from letter where id = any($1::text[]) returning id',
    [standIns],
  );
  return rows.map((row) => row.id);
}
