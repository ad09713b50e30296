import type { MailFolder } from '#shared/ticket/letter.ts';

/** How a letter that no client can ever read fails. */
export type Poison =
  /** FETCH ends with OK and leaves it out. */
  | 'omitted'
  /** FETCH of anything in it is answered with NO. */
  | 'refused'
  /** The connection ends in the middle of it. */
  | 'breaks';

export interface StoredLetter {
  readonly uid: number;
  readonly bytes: Buffer;
  /** RFC822.SIZE as the server tells it. */
  readonly size: number;
  /** Whole seconds, as INTERNALDATE is written. */
  readonly internalDateAt: number;
  /** When it came into the folder. */
  readonly arrivedAt: number;
  readonly modseq: number;
  readonly poison: Poison | null;
}

type Listener = (folder: StoredFolder, event: 'delivered' | 'expunged' | 'renumbered') => void;

/** One folder of the mailbox: the truth that a desk is measured by. */
export class StoredFolder {
  readonly role: MailFolder;
  path: string;
  uidValidity: number;
  uidNext = 1;
  highestModseq = 1;
  /** False while the server says that there is no such folder. */
  exists = true;
  letters: StoredLetter[] = [];
  readonly #told: Listener;
  readonly #sizeOf: (bytes: Buffer) => number;

  constructor(
    role: MailFolder,
    path: string,
    uidValidity: number,
    sizeOf: (bytes: Buffer) => number,
    told: Listener,
  ) {
    this.role = role;
    this.path = path;
    this.uidValidity = uidValidity;
    this.#sizeOf = sizeOf;
    this.#told = told;
  }

  deliver(bytes: Buffer, internalDateAt: number, poison: Poison | null = null): StoredLetter {
    this.highestModseq += 1;
    const letter = {
      uid: this.uidNext,
      bytes,
      size: this.#sizeOf(bytes),
      internalDateAt,
      arrivedAt: Date.now(),
      modseq: this.highestModseq,
      poison,
    };
    this.uidNext += 1;
    this.letters.push(letter);
    this.#told(this, 'delivered');
    return letter;
  }

  expunge(uid: number): void {
    this.highestModseq += 1;
    this.letters = this.letters.filter((letter) => letter.uid !== uid);
    this.#told(this, 'expunged');
  }

  /** Numbers all letters anew, in another order than before (RFC 3501 §2.3.1.1 lets it). */
  renumber(letters: readonly StoredLetter[]): void {
    this.uidValidity += 1;
    this.letters = letters.map((letter, index) => ({ ...letter, uid: index + 1 }));
    this.uidNext = this.letters.length + 1;
    this.#told(this, 'renumbered');
  }

  find(uid: number): StoredLetter | undefined {
    return this.letters.find((letter) => letter.uid === uid);
  }
}

/** INBOX and the folder of sent letters, and who listens to what becomes of them. */
export class MailStore {
  readonly inbox: StoredFolder;
  readonly sent: StoredFolder;
  readonly #listeners = new Set<Listener>();

  /** Some servers count a line end as one byte, and send two. */
  constructor(countsLineEndsOnce = false) {
    const sizeOf = (bytes: Buffer): number =>
      countsLineEndsOnce ? bytes.toString('latin1').replaceAll('\r\n', '\n').length : bytes.length;
    const told: Listener = (folder, event) => {
      for (const listener of this.#listeners) listener(folder, event);
    };
    this.inbox = new StoredFolder('inbox', 'INBOX', 1_700_000_001, sizeOf, told);
    this.sent = new StoredFolder('sent', 'Sent', 1_700_000_500, sizeOf, told);
  }

  get folders(): readonly StoredFolder[] {
    return [this.inbox, this.sent];
  }

  at(path: string): StoredFolder | undefined {
    return this.folders.find((folder) => folder.exists && folder.path.toUpperCase() === path.toUpperCase());
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
