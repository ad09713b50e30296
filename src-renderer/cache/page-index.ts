/**
 * Which pages may hold a row, by 32-bit marks of ids and groups: 16 bytes an entry, for hundreds of thousands of them.
 *
 * A mark may stand for several ids, and a page may have lost a row since: whoever follows a mark looks into the page. A row
 * that is in a page is always found.
 *
 * Open addressing with linear probing; page numbers start at 1, 0 is a free place.
 */
export class PageIndex {
  #marks = new Uint32Array(1024);
  #nos = new Uint32Array(1024);
  #size = 0;

  add(mark: number, no: number): void {
    if (2 * this.#size >= this.#nos.length) this.#grow();
    const free = this.#walk(mark, (found) => found === no);
    if (this.#nos[free] === no) return;
    this.#marks[free] = mark;
    this.#nos[free] = no;
    this.#size++;
  }

  /** Newest first. */
  pagesOf(mark: number): number[] {
    const pages: number[] = [];
    this.#walk(mark, (no) => {
      pages.push(no);
      return false;
    });
    return pages.sort((a, b) => b - a);
  }

  clear(): void {
    this.#marks = new Uint32Array(1024);
    this.#nos = new Uint32Array(1024);
    this.#size = 0;
  }

  /** Shows the pages of a mark until told to stop; answers the place where it stopped, else the next free one. */
  #walk(mark: number, isEnough: (no: number) => boolean): number {
    const mask = this.#nos.length - 1;
    let place = mark & mask;
    for (let no = this.#nos[place] ?? 0; no !== 0; no = this.#nos[place] ?? 0) {
      if (this.#marks[place] === mark && isEnough(no)) return place;
      place = (place + 1) & mask;
    }
    return place;
  }

  #grow(): void {
    const [marks, nos] = [this.#marks, this.#nos];
    this.#marks = new Uint32Array(2 * marks.length);
    this.#nos = new Uint32Array(2 * nos.length);
    this.#size = 0;
    for (const [place, no] of nos.entries()) if (no !== 0) this.add(marks[place] ?? 0, no);
  }
}

/** FNV-1a over the text's characters, mixed once more so that its low bits are good for addressing. */
export function markOf(text: string): number {
  let hash = 0x811c_9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x0100_0193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
