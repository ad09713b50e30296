import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';

/** Takes pictures of one page into a folder: `<name>.png`; without a folder, none. */
export class Screenshots {
  readonly #page: Page;
  readonly #folder: string | null;

  private constructor(page: Page, folder: string | null) {
    this.#page = page;
    this.#folder = folder;
  }

  static async start(page: Page, folder: string | null): Promise<Screenshots> {
    if (folder !== null) await mkdir(folder, { recursive: true });
    return new Screenshots(page, folder);
  }

  get areTaken(): boolean {
    return this.#folder !== null;
  }

  async take(name: string): Promise<void> {
    if (this.#folder === null) return;
    const path = join(this.#folder, `${name}.png`);
    await this.#page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  }
}

/** Texts on the page that do not fit where they stand and are cut without saying so by an ellipsis. */
export async function cutOff(page: Page): Promise<readonly string[]> {
  return await page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      const words = [...element.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => node.textContent?.trim() ?? '')
        .join(' ')
        .trim();
      const box = element.getBoundingClientRect();
      const { overflowX, textOverflow } = getComputedStyle(element);
      if (words === '' || element.offsetWidth <= 1 || element.offsetHeight <= 1) continue;
      const hides = overflowX !== 'visible' && textOverflow !== 'ellipsis';
      if (hides && element.scrollWidth > element.clientWidth + 1) found.push(words);
      else if (box.right > document.documentElement.clientWidth + 1) found.push(words);
      else {
        // A parent that clips what it holds.
        for (let parent = element.parentElement; parent !== null; parent = parent.parentElement) {
          const style = getComputedStyle(parent);
          if (style.overflowX === 'visible' || style.textOverflow === 'ellipsis') continue;
          if (box.right > parent.getBoundingClientRect().right + 1) found.push(words);
          break;
        }
      }
    }
    return found;
  });
}

/** Texts inside elements of a place that end in an ellipsis, or that have slipped into a second line. */
export async function shortened(places: Locator): Promise<readonly string[]> {
  return await places.evaluateAll((found) =>
    found.flatMap((place) => {
      const texts = [...place.querySelectorAll<HTMLElement>('span, button')].filter(
        ({ children }) => children.length === 0,
      );
      const top = Math.min(...texts.map((element) => element.getBoundingClientRect().bottom));
      return texts
        .filter(
          (element) =>
            element.scrollWidth > element.clientWidth + 1 || element.getBoundingClientRect().top > top,
        )
        .map((element) => element.textContent);
    }),
  );
}
