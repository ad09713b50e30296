import type { FolderCursor } from '#shared/bridge/streams.ts';
import { UidSet } from '#shared/mail/uid-set.ts';

/** How far one folder is stored. */
export interface Cursor {
  readonly uidValidity: string;
  readonly uids: UidSet;
  /** Of them. */
  readonly unreadable: UidSet;
  readonly synced: FolderCursor['synced'];
}

/**
 * A cursor while a batch of frames moves it. The stored one stays as it is until the batch's transaction is through.
 *
 * New UIDs are gathered and joined to the set at once: joining them one by one would cost a pass over all ranges each.
 */
export class OpenCursor {
  readonly uidValidity: string;
  readonly #fresh = new Set<number>();
  #uids: UidSet;
  #unreadable: UidSet;
  #synced: FolderCursor['synced'];

  constructor({ uidValidity, uids, unreadable, synced }: Cursor) {
    this.uidValidity = uidValidity;
    this.#uids = uids;
    this.#unreadable = unreadable;
    this.#synced = synced;
  }

  /** Of a folder of which nothing is stored yet. */
  static begin(uidValidity: string): OpenCursor {
    return new OpenCursor({ uidValidity, uids: UidSet.empty, unreadable: UidSet.empty, synced: null });
  }

  has(uid: number): boolean {
    return this.#fresh.has(uid) || this.#uids.has(uid);
  }

  add(uid: number): void {
    this.#fresh.add(uid);
    if (this.#unreadable.has(uid)) this.#unreadable = this.#unreadable.difference(UidSet.of([uid]));
  }

  /** It has a place in the mailbox and cannot be read. */
  addUnreadable(uid: number): void {
    this.#fresh.add(uid);
    this.#unreadable = this.#unreadable.union(UidSet.of([uid]));
  }

  remove(uids: UidSet): void {
    this.#uids = this.#joined().difference(uids);
    this.#fresh.clear();
    this.#unreadable = this.#unreadable.difference(uids);
  }

  complete(synced: FolderCursor['synced']): void {
    this.#synced = synced;
  }

  closed(): Cursor {
    const { uidValidity } = this;
    return { uidValidity, uids: this.#joined(), unreadable: this.#unreadable, synced: this.#synced };
  }

  #joined(): UidSet {
    return this.#uids.union(UidSet.of(this.#fresh));
  }
}
