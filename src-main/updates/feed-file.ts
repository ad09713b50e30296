import { join } from 'node:path';
import { readPrivateFile, writePrivateFile } from '../vault/private-file.ts';

/** Remembers where newer desks are looked for: the feed of the API tells it only when it changes. */
export class FeedFile {
  readonly #path: string;

  constructor(userData: string) {
    this.#path = join(userData, 'update-feed.txt');
  }

  /** Empty when nobody has said. */
  async read(): Promise<string> {
    const written = await readPrivateFile(this.#path).catch(() => null);
    return written?.toString('utf8').trim() ?? '';
  }

  /** A disk that takes nothing costs no more than asking again after the next change. */
  write(feedUrl: string): void {
    void writePrivateFile(this.#path, feedUrl).catch(() => {});
  }
}
