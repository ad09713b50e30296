import { expect, type Locator, type Page } from '@playwright/test';

/**
 * A keyboard, and eyes: nothing here can point at anything.
 *
 * Every key must leave the focus on something, and visibly so.
 */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Presses keys one after another, named as Playwright names them. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
    await this.expectFocus();
  }

  /** Types letter by letter, as soon as there is a caret to be seen: a dialog gives it to its field a moment later. */
  async type(text: string): Promise<void> {
    await expect
      .poll(async () => await this.#page.evaluate(canType), { message: 'something to type into' })
      .toBe(true);
    await this.#page.keyboard.type(text);
    await this.expectFocus();
  }

  /** Goes on with Tab, or back with Shift+Tab, until `wanted` has the focus. */
  async tabTo(wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await expect(wanted).toBeVisible();
    for (let step = 0; step < 60; step += 1) {
      if (await hasFocus(wanted)) break;
      await this.press(key);
    }
    await expect(wanted).toBeFocused();
  }

  /** Fails when the focus is lost, or cannot be seen. */
  async expectFocus(): Promise<void> {
    await expect
      .poll(async () => await this.#page.evaluate(describeFocus), { message: 'where the focus is' })
      .not.toMatch(/^(?:nowhere|unseen)/u);
  }
}

async function hasFocus(wanted: Locator): Promise<boolean> {
  return await wanted.evaluate((element) => element === document.activeElement);
}

/** Runs in the page. */
function describeFocus(): string {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return 'nowhere';
  const name = `${focused.tagName} ${focused.className} ${focused.getAttribute('aria-label') ?? ''}`;
  return focused.matches(':focus-visible') ? name : `unseen: ${name}`;
}

/** Runs in the page. */
function canType(): boolean {
  const focused = document.activeElement;
  if (focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement) return !focused.readOnly;
  return focused instanceof HTMLElement && focused.isContentEditable;
}
