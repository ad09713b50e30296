import type { ApiError } from '#shared/protocol/api-error.ts';
import type { MailboxRecord, PutMailboxRecord } from '#shared/protocol/mailbox-record.ts';
import { normaliseAddress } from '#shared/mail/addresses.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Database, Queryable } from '../database/database.ts';
import type { SecretBox } from '../secrets/secret-box.ts';

const purpose = 'mailbox-record';

/** What the API itself has to know of the mailbox to decide the fate of letters. */
export interface MailboxRules {
  readonly ticketsFrom: number;
  /** Normalised. */
  readonly ownAddresses: ReadonlySet<string>;
}

/** The support mailbox's record. All of it is sealed, passwords and addresses alike; only the rules lie open. */
export class MailboxRecords {
  readonly #database: Database;
  readonly #box: SecretBox;

  constructor(database: Database, box: SecretBox) {
    this.#database = database;
    this.#box = box;
  }

  async read(): Promise<MailboxRecord | null> {
    const rows = await this.#database.query<{ revision: number; sealed: string }>(
      'select revision, sealed from mailbox_record',
    );
    const row = rows[0];
    if (row === undefined) return null;
    const kept = JSON.parse(this.#box.open(purpose, row.sealed)) as Omit<MailboxRecord, 'revision'>;
    return { ...kept, revision: row.revision };
  }

  /** Refused when somebody else changed the record since `revision` was read. */
  async write({ revision, ...record }: PutMailboxRecord): Promise<Result<MailboxRecord, ApiError>> {
    const own = [record.address, ...record.ownAddresses].map(normaliseAddress);
    const parameters = [record.ticketsFrom, own, this.#box.seal(purpose, JSON.stringify(record)), revision];
    const rows = await this.#database.query<{ revision: number }>(
      revision === 0
        ? `insert into mailbox_record (revision, tickets_from, own_addresses, sealed)
           values ($4::bigint + 1, $1::bigint, $2::text[], $3) on conflict do nothing returning revision`
        : `update mailbox_record set revision = revision + 1, tickets_from = $1::bigint, own_addresses = $2::text[],
             sealed = $3
           where revision = $4::bigint returning revision`,
      parameters,
    );
    const row = rows[0];
    if (row === undefined) {
      return err({ kind: 'conflict', message: 'Somebody else changed the mailbox record; read it again.' });
    }
    return ok({ ...record, revision: row.revision });
  }
}

/** The rules, within the transaction that applies them; null until an admin has set the mailbox. */
export async function readMailboxRules(transaction: Queryable): Promise<MailboxRules | null> {
  const rows = await transaction.query<{ tickets_from: number; own_addresses: readonly string[] }>(
    'select tickets_from, own_addresses from mailbox_record',
  );
  const row = rows[0];
  return row === undefined
    ? null
    : { ticketsFrom: row.tickets_from, ownAddresses: new Set(row.own_addresses) };
}
