import type { Bytes } from './bytes.ts';

/** A page in memory. The row at place `i` has the id `ids[i]` and belongs to the group `groups[i]`. */
export interface OpenPage {
  readonly no: number;
  readonly ids: readonly string[];
  readonly groups: readonly string[];
  readonly rows: readonly Bytes[];
  /** Bytes of all rows. */
  readonly size: number;
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
    this.#size += page.size;
    for (const oldest of this.#pages.keys()) {
      if (this.#size <= this.#limit) break;
      this.delete(oldest);
    }
  }

  delete(no: number): void {
    this.#size -= this.#pages.get(no)?.size ?? 0;
    this.#pages.delete(no);
  }

  clear(): void {
    this.#pages.clear();
    this.#size = 0;
  }
}
