import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Language } from '#shared/text/language.ts';

/** Goes through the set-up assistant of a new desk, in the desk's language, to the queue. */
export async function enterDesk(
  page: Page,
  language: Language,
  apiUrl: string,
  account: { readonly login: string; readonly password: string },
): Promise<void> {
  const words = wordsOf(language);
  const press = async (key: string): Promise<void> =>
    await page.getByRole('button', { name: words(key), exact: true }).click();
  await press('setup.next');
  await page.getByLabel(words('login.apiUrl')).fill(apiUrl);
  await press('setup.next');
  await page.getByLabel(words('login.login'), { exact: true }).fill(account.login);
  await page.getByLabel(words('login.password'), { exact: true }).fill(account.password);
  await press('login.submit');
  await page
    .getByRole('region', { name: words('queue.label') })
    .getByRole('listbox')
    .getByRole('option')
    .first()
    .waitFor({ timeout: 60_000 });
}

/** The words of a language by key, `part.key`. */
function wordsOf(language: Language): (key: string) => string {
  return (key) => {
    const [part = '', ...path] = key.split('.');
    const file = join(import.meta.dirname, '../../resources/locales', language, `${part}.json`);
    let found: unknown = JSON.parse(readFileSync(file, 'utf8'));
    for (const name of path) found = (found as Record<string, unknown>)[name];
    if (typeof found !== 'string') throw new Error(`no words for ${key}`);
    return found;
  };
}
