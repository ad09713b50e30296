import type { Locator, Page } from '@playwright/test';

/* What an agent sees at a desk that was killed, in Russian, and what is typed there. */

/**
 * Types a note to a ticket of the queue. Answers whether the desk then says that it is kept or that it is not, or
 * `no-storage` where it says that it has no room to show tickets in.
 */
export async function typeNote(
  page: Page,
  subject: string,
  words: string,
): Promise<'kept' | 'not-kept' | 'no-storage'> {
  await showPage(page, 'Очередь');
  const row = page
    .getByRole('region', { name: 'Очередь заявок' })
    .getByRole('option')
    .filter({ hasText: subject });
  const failed = page.getByRole('contentinfo').getByText('локальное хранилище недоступно');
  await row.or(failed).first().waitFor();
  if (await failed.isVisible()) return 'no-storage';
  await row.click();
  const ticket = page.getByRole('region', { name: /^Заявка №/u });
  await ticket.getByRole('heading', { name: new RegExp(`${subject}$`, 'u') }).waitFor();
  const field = ticket.getByRole('textbox', { name: 'Заметка для коллег' });
  if (!(await field.isVisible())) await page.keyboard.press('m');
  await field.focus();
  await page.keyboard.insertText(words);
  const kept = ticket.getByText('Черновик заметки сохранён');
  const refused = ticket.getByRole('alert').filter({ hasText: 'не записано на диск' });
  await kept.or(refused).first().waitFor();
  return (await refused.isVisible()) ? 'not-kept' : 'kept';
}

/** How much of the agent's work the outbox shows. */
export interface OutboxCounts {
  readonly letters: number;
  readonly drafts: number;
  readonly operations: number;
}

/** Waits until the outbox shows so much; null when it does, else what it shows instead. */
export async function outboxShows(page: Page, wanted: OutboxCounts): Promise<string | null> {
  await showPage(page, 'Исходящие');
  const section = (name: string): Locator => page.getByRole('region', { name, exact: true });
  const count = async (): Promise<OutboxCounts> => ({
    letters: await section('Письма').getByRole('article').count(),
    drafts: await section('Черновики').getByRole('article').count(),
    operations: await section('Ждут отправки на сервер').getByRole('listitem').count(),
  });
  const deadline = Date.now() + 10_000;
  for (;;) {
    const shown = await count();
    const isRight =
      shown.letters === wanted.letters &&
      shown.drafts === wanted.drafts &&
      shown.operations === wanted.operations;
    if (isRight) return null;
    if (Date.now() > deadline) return `${JSON.stringify(shown)} for ${JSON.stringify(wanted)}`;
    await page.waitForTimeout(50);
  }
}

async function showPage(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Страницы' })
    .getByRole('button', { name: new RegExp(`^${name}`, 'u') })
    .click();
}
