import { expect, test, type Locator } from '@playwright/test';
import PostalMime from 'postal-mime';
import { Agent } from './agent.ts';
import { clientLetter } from './client-letter.ts';
import { deleteCache } from './launch-app.ts';
import { startService, type Service } from './start-service.ts';

let service: Service;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  service = await startService();
});

test.afterAll(async () => {
  await service.stop();
});

/** Writes, and waits until that is saved; whatever was saved before does not count. */
async function saved(place: Locator, write: () => Promise<void>): Promise<void> {
  const status = place.getByRole('status').filter({ hasText: 'Черновик' });
  const said = await status.evaluateHandle((element) => {
    const words: string[] = [];
    const note = () => void words.push(element.textContent);
    new MutationObserver(note).observe(element, { subtree: true, childList: true, characterData: true });
    return words;
  });
  await write();
  await expect
    .poll(async () => (await said.jsonValue()).join(' '))
    .toMatch(/Сохраняется….*Черновик (?:заметки )?сохранён$/u);
}

test('a killed desk without its cache has the unsent answer, the edited draft and the half-written note', async () => {
  test.setTimeout(150_000);
  const userDataDir = await service.newUserData();
  const [ivanova] = service.agents;
  const before = await Agent.arrive(service, ivanova, userDataDir);
  await service.dovecot.deliver(clientLetter({ subject: 'Пропал логотип', text: 'Где логотип?' }).source);
  await service.dovecot.deliver(clientLetter({ subject: 'Смена домена', text: 'Как сменить домен?' }).source);

  // An answer that cannot leave, and a draft that is edited after it was saved once.
  await service.smtpGate.shut();
  await before.open('Пропал логотип');
  await before.writeAnswer('Логотип вернётся после обновления.\n');
  await before.attach({ name: 'Порядок действий.txt', text: '1. Обновить страницу.\n' });
  await before.sendAnswer();
  await expect(before.letters.nth(1)).toContainText('Почтовый сервер не отвечает.');
  await before.open('Смена домена');
  await before.writeAnswer('Домен меняют так: ');
  await expect(before.composer.getByText('Черновик сохранён')).toBeVisible();
  await saved(before.composer, () => before.type('подайте заявление.\n'));

  await before.open('Пропал логотип');
  await expect(before.ticket.getByRole('heading', { name: /Пропал логотип$/u })).toBeVisible();
  await before.page.keyboard.press('m');
  await expect(before.ticket.getByRole('textbox', { name: 'Заметка для коллег' })).toBeFocused();
  await before.page.keyboard.insertText('Звонили: логотип');
  const noteForm = before.ticket.getByRole('form', { name: 'Заметка для коллег' });
  await expect(noteForm.getByText('Черновик заметки сохранён')).toBeVisible();
  await saved(noteForm, () => before.page.keyboard.insertText(' нужен к среде.'));

  await before.desk.kill();
  await deleteCache(userDataDir);

  const after = await Agent.start(service, userDataDir);
  // Nobody had to log in again.
  await expect(after.queue).toBeVisible();
  await after.showPage('Исходящие');
  const answers = after.page.getByRole('region', { name: 'Письма' });
  await expect(answers.getByRole('article')).toHaveCount(1);
  await expect(answers.getByRole('article')).toContainText('Re: Пропал логотип');
  await expect(answers.getByRole('button', { name: /^Открыть заявку № \d+ Пропал логотип/u })).toBeVisible();
  const drafts = after.page.getByRole('region', { name: 'Черновики' });
  await drafts
    .getByRole('article', { name: 'Re: Смена домена' })
    .getByRole('button', { name: /^Открыть заявку № \d+ Смена домена/u })
    .click();
  await expect(after.editor.getByRole('paragraph').first()).toHaveText(
    'Домен меняют так: подайте заявление.',
  );
  expect(service.smtp.accepted).toHaveLength(0);

  await after.showPage('Исходящие');
  await drafts
    .getByRole('article', { name: 'Заметка для коллег' })
    .getByRole('button', { name: /^Открыть заявку № \d+ Пропал логотип/u })
    .click();
  const note = after.ticket.getByRole('textbox', { name: 'Заметка для коллег' });
  await expect(note).toHaveValue('Звонили: логотип нужен к среде.');
  await note.press('Control+Enter');
  await expect(note).toBeHidden();
  await expect(after.ticket.getByRole('note')).toContainText('Звонили: логотип нужен к среде.');

  // The server is back: the answer leaves, once, with the next try, a minute later at most.
  await service.smtpGate.open();
  await after.open('Пропал логотип');
  await expect(after.letters.nth(1)).toContainText('Логотип вернётся после обновления.');
  await expect(after.ticket.getByText('Ждём клиента', { exact: true })).toBeVisible({ timeout: 70_000 });
  expect(service.smtp.accepted).toHaveLength(1);
  const [sent] = service.smtp.accepted;
  expect(sent?.to).toEqual(['client@school.example']);
  const { attachments } = await PostalMime.parse(sent?.source ?? '', { attachmentEncoding: 'utf8' });
  expect(attachments.map(({ filename, content }) => ({ filename, content }))).toEqual([
    { filename: 'Порядок действий.txt', content: '1. Обновить страницу.\n' },
  ]);

  // Killed again after it left: it is not sent a second time.
  await after.desk.kill();
  const last = await Agent.start(service, userDataDir);
  await last.showSection('Ждём клиента');
  await last.open('Пропал логотип');
  await expect(last.letters.nth(1)).toContainText('Логотип вернётся после обновления.');
  await expect(last.status).toContainText('Почта: на связи');
  expect(service.smtp.accepted).toHaveLength(1);
});
