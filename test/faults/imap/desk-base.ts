import type { FolderCursor, LettersRequest } from '#shared/bridge/streams.ts';
import { UidSet } from '#shared/mail/uid-set.ts';
import type { LetterContent } from '#shared/mail/letter-content.ts';
import type { MailFolder } from '#shared/ticket/letter.ts';
import { framesOfLine, type SingleFrame } from '#test/fakes/letter-frames.ts';

interface FolderBase {
  readonly uidValidity: string;
  /** Null for a letter that is known to be unreadable. */
  readonly letters: Map<number, LetterContent | null>;
  synced: FolderCursor['synced'];
}

/** What the cache of a desk keeps of the letters stream, cursors included; it outlives the desk's engine. */
export class DeskBase {
  readonly #folders = new Map<MailFolder, FolderBase>();
  readonly #decoder = new TextDecoder();
  /** How often a folder was declared complete. */
  readonly syncs = { inbox: 0, sent: 0 };

  take(bytes: Uint8Array): void {
    for (const line of this.#decoder.decode(bytes).split('\n')) {
      if (line !== '') for (const frame of framesOfLine(line)) this.#apply(frame);
    }
  }

  request(): LettersRequest {
    return {
      folders: [...this.#folders].map(([folder, { uidValidity, letters, synced }]) => ({
        folder,
        uidValidity,
        uids: UidSet.of(letters.keys()).format(),
        unreadable: UidSet.of(
          [...letters].flatMap(([uid, content]) => (content === null ? uid : [])),
        ).format(),
        synced,
      })),
    };
  }

  folder(role: MailFolder): FolderBase | undefined {
    return this.#folders.get(role);
  }

  #apply(frame: SingleFrame): void {
    const place = frame.type === 'letter' || frame.type === 'unreadable' ? frame.location : frame;
    let base = this.#folders.get(place.folder);
    if (base?.uidValidity !== place.uidValidity) {
      base = { uidValidity: place.uidValidity, letters: new Map(), synced: null };
      this.#folders.set(place.folder, base);
    }
    switch (frame.type) {
      case 'folder':
        return;
      case 'letter':
        base.letters.set(frame.location.uid, frame.content);
        return;
      case 'unreadable':
        base.letters.set(frame.location.uid, null);
        return;
      case 'gone':
        for (const uid of UidSet.parse(frame.uids).ascending()) base.letters.delete(uid);
        return;
      case 'synced':
        base.synced = frame.synced;
        this.syncs[frame.folder] += 1;
    }
  }
}
