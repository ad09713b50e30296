import type { FolderCursor, LettersFrame, LettersRequest } from '#shared/bridge/streams.ts';
import type { LetterId } from '#shared/ids.ts';
import type { LetterContent } from '#shared/mail/letter-content.ts';
import type { MailFolder } from '#shared/ticket/letter.ts';
import { UidSet } from '#shared/mail/uid-set.ts';
import { base64Bytes, jsonBytes, parseJson } from './bytes.ts';
import type { FolderState } from './cache-views.ts';
import type { CacheDatabase } from './database.ts';
import { readLetterHead, type LetterHead } from './letter-head.ts';
import { PagedTable } from './paged-table.ts';
import { rowsOfBundle, type Row, type RowBundle } from './row-page.ts';
import type { SealedBox } from './sealed-box.ts';
import { SealedValues } from './sealed-values.ts';
import type { Received } from './stream-source.ts';
import { Turnstile } from './turnstile.ts';
import { OpenCursor, type Cursor } from './open-cursor.ts';

const keptBytes = 16 << 20;
const folders: readonly MailFolder[] = ['inbox', 'sent'];

type LettersBundle = Extract<LettersFrame, { type: 'letters' }>;

/** A letter on its way into the store; `again` where its UID is known: somebody asked for more of it. */
interface Arrived {
  readonly row: Row;
  readonly again: boolean;
}

interface Fresh {
  readonly rows: readonly Row[];
  readonly bundles: readonly RowBundle[];
}

/**
 * What the desk has of letters: their content by identity, and for each folder of the mailbox the UIDs that this vouches
 * for, always stored in one transaction.
 *
 * A UID is an address under its UIDVALIDITY (RFC 3501 §2.3.1.1). Another UIDVALIDITY voids the folder's UIDs and keeps
 * the contents: they come again under the same identity and are not stored twice.
 */
export class LetterStore {
  readonly #database: CacheDatabase;
  readonly #contents: PagedTable;
  readonly #values: SealedValues;
  readonly #writers = new Turnstile();
  readonly #cursors = new Map<MailFolder, Cursor>();

  constructor(database: CacheDatabase, box: SealedBox) {
    this.#database = database;
    this.#contents = new PagedTable(database, 'contents', box, keptBytes);
    this.#values = new SealedValues(database.values, box);
  }

  /** Throws DamagedCache. */
  async open(): Promise<void> {
    await this.#contents.open();
    for (const folder of folders) {
      const stored = await this.#values.get(`folder:${folder}`);
      if (stored === null) continue;
      const { uidValidity, uids, unreadable = '', synced } = parseJson(stored) as FolderCursor;
      const cursor = { uids: UidSet.parse(uids), unreadable: UidSet.parse(unreadable), synced };
      this.#cursors.set(folder, { uidValidity, ...cursor });
    }
  }

  /** What the letters stream is asked with. */
  request(): LettersRequest {
    return { folders: Array.from(this.#cursors, ([folder, cursor]) => writtenCursor(folder, cursor)) };
  }

  folderState(folder: MailFolder): FolderState {
    const cursor = this.#cursors.get(folder);
    return { letters: cursor?.uids.size ?? 0, synced: (cursor?.synced ?? null) !== null };
  }

  /** The contents of these letters, null for those that are not here yet. */
  async contents(ids: readonly LetterId[]): Promise<(LetterContent | null)[]> {
    const rows = await this.#contents.getMany(ids);
    return rows.map((row) => (row === null ? null : (parseJson(row) as LetterContent)));
  }

  /** Stores frames and the cursors after them. Answers the letters whose content is new. */
  async apply(received: readonly Received<LettersFrame>[]): Promise<Set<LetterId>> {
    return this.#writers.pass(async () => {
      const cursors = new Map<MailFolder, OpenCursor>();
      const letters: Arrived[] = [];
      const bundles: LettersBundle[] = [];
      const cursorOf = (folder: MailFolder, uidValidity: string): OpenCursor | null => {
        const stored = this.#cursors.get(folder);
        const known = cursors.get(folder) ?? (stored === undefined ? undefined : new OpenCursor(stored));
        if (known?.uidValidity !== uidValidity) return null;
        cursors.set(folder, known);
        return known;
      };
      const addLetter = ({ id, location, content }: LetterHead) => {
        const cursor = cursorOf(location.folder, location.uidValidity);
        const again = cursor?.has(location.uid) ?? true;
        letters.push({ row: { id, group: '', json: content }, again });
        cursor?.add(location.uid);
      };
      for (const one of received) {
        const head = readLetterHead(one.json);
        if (head !== null) {
          addLetter(head);
          continue;
        }
        const { frame } = one;
        switch (frame.type) {
          case 'folder':
            if (cursorOf(frame.folder, frame.uidValidity) === null) {
              cursors.set(frame.folder, OpenCursor.begin(frame.uidValidity));
            }
            break;
          case 'letter':
            addLetter({ id: frame.content.id, location: frame.location, content: jsonBytes(frame.content) });
            break;
          case 'letters': {
            const cursor = cursorOf(frame.folder, frame.uidValidity);
            for (const { uid } of frame.letters) cursor?.add(uid);
            bundles.push(frame);
            break;
          }
          case 'unreadable':
            cursorOf(frame.location.folder, frame.location.uidValidity)?.addUnreadable(frame.location.uid);
            break;
          case 'gone':
            cursorOf(frame.folder, frame.uidValidity)?.remove(UidSet.parse(frame.uids));
            break;
          case 'synced':
            cursorOf(frame.folder, frame.uidValidity)?.complete(frame.synced);
            break;
        }
      }
      const fresh = await this.#fresh(letters, bundles);
      await this.#store(fresh, new Map(Array.from(cursors, ([folder, cursor]) => [folder, cursor.closed()])));
      const ids = [...fresh.rows.map(({ id }) => id), ...fresh.bundles.flatMap((bundle) => bundle.ids)];
      return new Set(ids as LetterId[]);
    });
  }

  /** Tidies a little. Answers whether there may be more to do. */
  async fold(atLeast?: number): Promise<boolean> {
    return this.#writers.pass(async () => this.#contents.fold(atLeast));
  }

  /** What of that is not stored yet. A bundle of which nothing is here is stored as it came. */
  async #fresh(letters: readonly Arrived[], bundles: readonly LettersBundle[]): Promise<Fresh> {
    const here = await this.#contents.known([
      ...letters.map(({ row }) => row.id),
      ...bundles.flatMap((bundle) => bundle.letters.map(({ id }) => id)),
    ]);
    const rows = letters.flatMap(({ row, again }) => (again || !here.has(row.id) ? [row] : []));
    const whole: RowBundle[] = [];
    for (const { letters: listed, contents } of bundles) {
      const ids = listed.map(({ id }) => id);
      if (ids.every((id) => here.has(id))) continue;
      const bundle = { ids, deflated: base64Bytes(contents) };
      if (ids.some((id) => here.has(id))) {
        rows.push(...(await rowsOfBundle(bundle)).filter(({ id }) => !here.has(id)));
      } else whole.push(bundle);
    }
    return { rows, bundles: whole };
  }

  async #store({ rows, bundles }: Fresh, cursors: ReadonlyMap<MailFolder, Cursor>): Promise<void> {
    const [write, values] = await Promise.all([
      this.#contents.prepare(rows, bundles),
      Promise.all(
        Array.from(cursors, async ([folder, cursor]) =>
          this.#values.seal(`folder:${folder}`, jsonBytes(writtenCursor(folder, cursor))),
        ),
      ),
    ]);
    const tables = [...this.#contents.tables, this.#values.table];
    await this.#database.transaction('rw', tables, async () => {
      await this.#contents.write(write);
      await this.#values.table.bulkPut(values);
    });
    for (const [folder, cursor] of cursors) this.#cursors.set(folder, cursor);
  }
}

function writtenCursor(folder: MailFolder, { uidValidity, uids, unreadable, synced }: Cursor): FolderCursor {
  const known = { folder, uidValidity, uids: uids.format(), synced };
  return unreadable.size === 0 ? known : { ...known, unreadable: unreadable.format() };
}
