import type { Bytes } from './bytes.ts';

/** A page in memory: what its record says in plain, and its rows. */
export interface OpenPage {
  readonly no: number;
  readonly ids: readonly string[];
  readonly groups: readonly string[];
  readonly data: Bytes;
}

/** Keeps the most recently used pages, up to a number of bytes. */
export class PageMemory {
  readonly #pages = new Map<number, OpenPage>();
  readonly #limit: number;
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(no: number): OpenPage | undefined {
    const page = this.#pages.get(no);
    if (page === undefined) return undefined;
    this.#pages.delete(no);
    this.#pages.set(no, page);
    return page;
  }

  add(page: OpenPage): void {
    this.delete(page.no);
    this.#pages.set(page.no, page);
    this.#size += page.data.length;
    for (const oldest of this.#pages.keys()) {
      if (this.#size <= this.#limit) break;
      this.delete(oldest);
    }
  }

  delete(no: number): void {
    this.#size -= this.#pages.get(no)?.data.length ?? 0;
    this.#pages.delete(no);
  }

  clear(): void {
    this.#pages.clear();
    this.#size = 0;
  }
}
