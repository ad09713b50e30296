import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { Language } from '#shared/text/language.ts';

/** What the system asks a page to look like. */
export type Scheme = 'light' | 'dark';

/** The languages as the desk's own switch names them. */
export const languageNames: Readonly<Record<Language, string>> = {
  ru: 'Русский',
  be: 'Беларуская',
  en: 'English',
};

/** Takes pictures of one page, 1366x768, into a folder: `<screen>-<language>-<scheme>.png`. */
export class Screenshots {
  readonly #page: Page;
  readonly #folder: string;
  #language: Language = 'ru';
  #scheme: Scheme = 'light';

  private constructor(page: Page, folder: string) {
    this.#page = page;
    this.#folder = folder;
  }

  static async start(page: Page, folder: string): Promise<Screenshots> {
    await mkdir(folder, { recursive: true });
    await page.setViewportSize({ width: 1366, height: 768 });
    return new Screenshots(page, folder);
  }

  /** Chooses the language where an agent does, and the scheme that the system would ask for. */
  async wear(language: Language, scheme: Scheme): Promise<void> {
    [this.#language, this.#scheme] = [language, scheme];
    await this.#page.emulateMedia({ colorScheme: scheme });
    await this.#page.getByLabel(/^(?:Язык|Мова|Language)$/u).selectOption(language);
  }

  async take(screen: string): Promise<void> {
    const path = join(this.#folder, `${screen}-${this.#language}-${this.#scheme}.png`);
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
      if (words === '' || box.width <= 1 || box.height <= 1) continue;
      const { overflowX, textOverflow } = getComputedStyle(element);
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
