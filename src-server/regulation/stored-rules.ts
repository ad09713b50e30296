import type { Regulation } from '#shared/regulation/regulation.ts';
import { RuleBook } from '#shared/regulation/rule-book.ts';
import type { Queryable } from '../database/database.ts';

/**
 * The regulation as the database has it, ready to judge by.
 *
 * Versions never change, so each is read and compiled once in the life of the process; whether there is a newer one is
 * asked every time, within the transaction that is judged by it.
 */
export class StoredRules {
  #book = RuleBook.shipped();

  async read(transaction: Queryable): Promise<RuleBook> {
    const rows = await transaction.query<{ state: string }>(
      'select state from regulation where revision > $1::bigint order by revision',
      [this.#book.current.revision],
    );
    // What is read here was checked when it was written, by this or an older version of this program.
    if (rows.length > 0) this.#book = this.#book.with(rows.map((row) => JSON.parse(row.state) as Regulation));
    return this.#book;
  }
}
