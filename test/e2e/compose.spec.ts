import { expect, test } from '@playwright/test';
import PostalMime from 'postal-mime';
import { v7 as newUuid } from 'uuid';
import type { GroupId, TemplateId } from '#shared/ids.ts';
import type { PutTemplate } from '#shared/protocol/template.ts';
import { askApi } from '#test/fakes/call-api.ts';
import { Agent } from './agent.ts';
import { clientLetter, letterWithFiles, windows1251Letter } from './client-letter.ts';
import { startService, type Service } from './start-service.ts';

const group = {
  id: newUuid() as GroupId,
  name: 'Первая линия',
  fromName: 'Поддержка сайтов',
  signature: 'С уважением,\n{{agent}}',
};

let service: Service;
let anna: Agent;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  // Long enough for a letter to be called back; once that was shown, the others need not wait for it.
  service = await startService({ groups: [group], undoSendSeconds: 20 });
  const [ivanova] = service.agents;
  const logIn = async ({ login, password }: { login: string; password: string }) =>
    await askApi(service.api.url, 'logIn', null, { body: { login, password } });
  const { accessToken } = await logIn(service.admin);
  const { agent } = await logIn(ivanova);
  await askApi(service.api.url, 'changeAgent', accessToken, {
    params: { id: agent.id },
    body: { groupId: group.id },
  });
  const put = async (template: PutTemplate): Promise<void> => {
    const params = { id: newUuid() as TemplateId };
    await askApi(service.api.url, 'putTemplate', accessToken, { params, body: template });
  };
  const common = { language: 'ru', answerKind: null } as const;
  await put({ ...common, title: 'Приветствие', shortcut: 'прив', text: 'Здравствуйте, {{client}}!' });
  await put({
    ...common,
    title: 'Срок работ',
    shortcut: '',
    answerKind: 'postponement',
    text: 'Работы по заявке {{number}} закончим {{?дата окончания}}.\n\nО задержке сообщим.',
  });
  await put({ ...common, language: 'be', title: 'Тэрмін', shortcut: 'тэр', text: 'Дзякуй!' });
  anna = await Agent.arrive(service, ivanova);
});

test.afterAll(async () => {
  await service.stop();
});

/** Keeps back what the page asked for at such an address, after so many answers; returns what lets it through. */
async function holdAnswers(address: string, spared: number): Promise<() => Promise<void>> {
  const held = await anna.page.evaluateHandle(
    ([part, first]) => {
      const ask = window.fetch;
      const { promise, resolve } = Promise.withResolvers<null>();
      let asked = 0;
      window.fetch = async (input, init) => {
        const url = input instanceof Request ? input.url : input.toString();
        const answer = await ask(input, init);
        if (url.includes(part) && ++asked > first) await promise;
        return answer;
      };
      return () => {
        window.fetch = ask;
        resolve(null);
      };
    },
    [address, spared] as const,
  );
  return async () => await held.evaluate((letThrough) => letThrough());
}

const lastSent = () => PostalMime.parse(service.smtp.accepted.at(-1)?.source ?? '');

test('an answer with everything in it is called back, sent again, and arrives as both alternatives', async () => {
  test.setTimeout(120_000);
  const { page } = anna;
  await service.dovecot.deliver(
    clientLetter({ subject: 'Мало места', text: 'Добрый день!\nСайт не принимает файлы.' }).source,
  );
  await anna.open('Мало места');
  await anna.ticket.getByRole('button', { name: 'Ответить' }).click();
  const { editor, composer } = anna;
  await expect(editor).toBeFocused();
  await expect(editor).toContainText('С уважением,');
  await expect(editor).toContainText('Анна Иванова');
  const quote = editor.getByText('Сайт не принимает файлы.');
  await expect(quote).toBeHidden();
  await composer.getByRole('button', { name: 'Показать цитату' }).click();
  await expect(quote).toBeVisible();
  await composer.getByRole('button', { name: 'Свернуть цитату' }).click();

  // A snippet while typing, formatting, an article while typing.
  await editor.press('Control+Home');
  await page.keyboard.type('::при');
  const snippets = page.getByRole('listbox', { name: 'Заготовки' });
  await expect(snippets.getByRole('option')).toHaveText(/Приветствие/u);
  await expect(editor).toHaveAttribute('aria-controls', (await snippets.getAttribute('id')) ?? '');
  await page.keyboard.press('Tab');
  await expect(editor).not.toHaveAttribute('aria-controls');
  await expect(editor.getByRole('paragraph').first()).toHaveText('Здравствуйте, Мария Клиентова!');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('Место');
  await page.keyboard.press('Control+b');
  await page.keyboard.type(' можно освободить: ??квот');
  await expect(page.getByRole('listbox', { name: 'Статьи' }).getByRole('option')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(editor.getByRole('link', { name: service.article.title })).toBeVisible();
  await page.keyboard.press('Enter');

  // A template with a question: the letter does not leave before it is answered.
  await page.keyboard.press('Control+j');
  const picker = page.getByRole('dialog', { name: 'Вставить шаблон' });
  await picker.getByLabel('Искать в шаблонах').fill('срок');
  await expect(picker.getByRole('region', { name: 'Текст шаблона' })).toContainText('{{?дата окончания}}');
  await picker.getByLabel('Искать в шаблонах').press('Enter');
  await expect(picker).toBeHidden();
  await expect(composer.getByRole('combobox', { name: 'Вид ответа' })).toHaveValue('Отложено');
  await page.keyboard.press('Control+Enter');
  await expect(composer.getByRole('alert')).toHaveText('Заполните в письме: дата окончания.');
  await page.keyboard.insertText('1 декабря');
  await expect(editor).toContainText('закончим 1 декабря.');

  // A dropped file.
  const transfer = await page.evaluateHandle(() => {
    const made = new DataTransfer();
    made.items.add(new File(['1. Открыть корзину.'], 'Порядок.txt', { type: 'text/plain' }));
    return made;
  });
  await composer.dispatchEvent('dragover', { dataTransfer: transfer });
  await expect(composer).toHaveAttribute('data-dropping', '');
  await editor.dispatchEvent('drop', { dataTransfer: transfer });
  await expect(composer).not.toHaveAttribute('data-dropping');
  await expect(composer.getByRole('button', { name: 'Убрать файл Порядок.txt' })).toBeVisible();

  // Sent and called back: everything is there again.
  await editor.focus();
  await page.keyboard.press('Control+Enter');
  await expect(composer).toBeHidden();
  await expect(page.getByRole('group', { name: /^Ответ скоро уйдёт/u })).toBeVisible();
  // The key is the letter's until it has left, whatever could be taken back besides.
  await page.keyboard.press('c');
  const told = page.getByRole('status').filter({ hasText: 'Заявка взята в работу.' });
  await expect(told.getByRole('button', { name: 'Отменить', exact: true })).toBeVisible();
  await page.keyboard.press('Alt+z');
  await expect(composer).toBeVisible();
  await expect(anna.ticket.getByText(/^В работе у вас до/u)).toBeVisible();
  await expect(page.getByRole('group', { name: /^Ответ скоро уйдёт/u })).toBeHidden();
  expect(service.smtp.accepted).toHaveLength(0);
  await expect(editor.getByRole('strong')).toHaveText('Место');
  await expect(composer.getByRole('button', { name: 'Убрать файл Порядок.txt' })).toBeVisible();
  await expect(quote).toBeHidden();

  await service.changeSettings({ undoSendSeconds: 0 });
  await composer.getByRole('button', { name: 'Отправить', exact: true }).click();
  await expect.poll(() => service.smtp.accepted.length).toBe(1);
  const mail = await lastSent();
  expect(mail.from).toMatchObject({ name: 'Поддержка сайтов', address: service.address });
  const lines = (mail.text ?? '').split('\n');
  expect(lines[0]).toBe('Здравствуйте, Мария Клиентова!');
  expect(lines[1]).toBe(`Место можно освободить: ${service.article.title} <${service.article.url}>`);
  expect(mail.text).toMatch(/^Работы по заявке \d+ закончим 1 декабря\.\n\nО задержке сообщим\.$/mu);
  expect(mail.text).toContain('С уважением,\nАнна Иванова\n');
  expect(mail.text).toContain('> Сайт не принимает файлы.');
  expect(mail.html).toContain('<strong>Место</strong> можно освободить');
  expect(mail.html).toContain(`<a href="${service.article.url}">${service.article.title}</a>`);
  expect(mail.html).toContain('<blockquote');
  expect(mail.attachments.map(({ filename }) => filename)).toEqual(['Порядок.txt']);
  await expect(anna.ticket.getByText('Ждём клиента', { exact: true })).toBeVisible();
});

test('slips are asked about once, and nothing is lost by an endless paste', async () => {
  const { page, composer, editor } = anna;
  await service.dovecot.deliver(clientLetter({ subject: 'Нет акта', text: 'Пришлите акт.' }).source);
  await anna.open('Нет акта');
  await anna.writeAnswer('Акт во вложении.');
  await composer.getByRole('button', { name: 'Отправить', exact: true }).click();
  const question = page.getByRole('dialog', { name: 'Отправить?' });
  await expect(question).toContainText('В письме говорится о вложении');
  await question.getByRole('button', { name: 'Вернуться к письму' }).click();
  await expect(question).toBeHidden();

  await editor.evaluate((element) => {
    const data = new DataTransfer();
    data.setData('text/plain', 'ы'.repeat(40_000_000));
    element.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  });
  await expect(page.getByText(/^Вставка не выполнена/u)).toBeVisible();
  await expect(editor.getByRole('paragraph').first()).toHaveText('Акт во вложении.');

  const transfer = await page.evaluateHandle(() => {
    const made = new DataTransfer();
    made.items.add(new File([new Uint8Array(27_000_000)], 'Видео.mp4', { type: 'video/mp4' }));
    return made;
  });
  await editor.dispatchEvent('drop', { dataTransfer: transfer });
  await expect(page.getByText(/^Файл «Видео\.mp4» не добавлен: вместе файлы письма/u)).toBeVisible();
  const chooser = page.waitForEvent('filechooser');
  await editor.focus();
  await page.keyboard.press('Alt+a');
  await (await chooser).setFiles({ name: 'Акт.txt', mimeType: 'text/plain', buffer: Buffer.from('Акт') });
  await expect(composer.getByRole('button', { name: 'Убрать файл Акт.txt' })).toBeVisible();
  await composer.getByRole('button', { name: 'Удалить черновик' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Удалить черновик' }).click();
  await expect(composer).toBeHidden();
});

/** Marks these words of a letter on screen. */
async function mark(words: string): Promise<void> {
  await anna.letters.getByText(words).evaluate((element, wanted) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at >= 0) getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
    }
  }, words);
}

test('only what is marked is quoted', async () => {
  const { page, editor } = anna;
  await service.dovecot.deliver(
    clientLetter({ subject: 'Два вопроса', text: 'Вопрос о шаблоне.\n\nВопрос о домене.' }).source,
  );
  await anna.open('Два вопроса');
  await mark('Вопрос о домене.');
  await page.keyboard.press('r');
  await expect(editor).toBeFocused();
  await anna.composer.getByRole('button', { name: 'Показать цитату' }).click();
  await expect(editor.getByRole('blockquote')).toHaveText('Вопрос о домене.');
  await editor.press('Control+Home');
  await anna.type('О домене: ');
  await page.keyboard.press('Escape');
  await expect(anna.composer).toBeHidden();

  // What is marked while the answer waits comes to it.
  await mark('Вопрос о шаблоне.');
  await page.keyboard.press('r');
  await expect(editor).toBeFocused();
  await expect(editor).toContainText('О домене:');
  const folded = anna.composer.getByRole('button', { name: 'Показать цитату' });
  for (const left of [2, 1]) {
    await expect(folded).toHaveCount(left);
    await folded.first().click();
  }
  await expect(editor.getByRole('blockquote')).toHaveText(['Вопрос о домене.', 'Вопрос о шаблоне.']);
  await expect(anna.composer.getByText('Черновик сохранён')).toBeVisible();
  await editor.press('Escape');
  await expect(anna.composer).toBeHidden();
});

test('a letter in HTML can be shown as text, and what is marked there is quoted', async () => {
  const { page, editor, letters } = anna;
  const html = '<p>Вопрос о <b>шаблоне</b>.</p><p>Вопрос о <i>почте</i>.</p>';
  await service.dovecot.deliver(clientLetter({ subject: 'Письмо с видом', html }).source);
  await anna.open('Письмо с видом');
  await expect(letters.locator('iframe')).toHaveCount(1);
  const asText = letters.getByRole('button', { name: /^Показать текстом/u });
  await asText.click();
  await expect(asText).toHaveAttribute('aria-pressed', 'true');
  await expect(letters.locator('iframe')).toHaveCount(0);
  await mark('Вопрос о почте.');
  await page.keyboard.press('r');
  await expect(editor).toBeFocused();
  await anna.composer.getByRole('button', { name: 'Показать цитату' }).click();
  await expect(editor.getByRole('blockquote')).toHaveText('Вопрос о почте.');
  await page.keyboard.press('Escape');
  await expect(anna.composer).toBeHidden();
  await asText.click();
  await expect(letters.locator('iframe')).toHaveCount(1);
});

test('sending can open the next ticket of the list', async () => {
  test.setTimeout(120_000);
  const { page } = anna;
  for (const subject of ['Первая в списке', 'Вторая в списке']) {
    await service.dovecot.deliver(clientLetter({ subject, text: 'Ответьте, пожалуйста.' }).source);
    await expect(anna.rows(subject)).toBeVisible();
  }
  await anna.open('Первая в списке');
  await anna.writeAnswer('Сделано.');
  const before = service.smtp.accepted.length;
  await page.keyboard.press('Control+Shift+Enter');
  await expect(anna.composer).toBeHidden();
  await expect(anna.ticket.getByRole('heading', { name: 'Вторая в списке' })).toBeVisible();
  await expect.poll(() => service.smtp.accepted.length).toBe(before + 1);
  const { text } = await lastSent();
  expect(text).toMatch(/^Сделано\.\n/u);
});

test('a letter is forwarded to a stranger, who thereby takes no part in the ticket', async () => {
  test.setTimeout(120_000);
  const { page, composer, editor } = anna;
  const letter = windows1251Letter({
    name: 'Мария Клиентова',
    address: 'client@school.example',
    subject: 'Ошибка сайта',
    text: 'Снимок во вложении.\r\n',
    file: { name: 'Снимок.txt', bytes: Buffer.from('Ошибка 507') },
  });
  await service.dovecot.deliver(letter.source);
  await anna.open('Ошибка сайта');
  await expect(anna.letters).toContainText('Снимок во вложении.');
  await page.keyboard.press('f');
  await expect(composer).toHaveAccessibleName('Пересылка письма');
  await expect(composer.getByRole('button', { name: 'Убрать файл Снимок.txt' })).toBeVisible();
  const to = composer
    .getByRole('combobox', { name: 'Кому' })
    .or(composer.getByRole('textbox', { name: 'Кому' }));
  await expect(to).toBeFocused();
  await page.keyboard.type('не адрес');
  await page.keyboard.press('Enter');
  await expect(composer).toContainText('Это не адрес почты: не адрес.');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('Разработчик <dev@vendor.example>');
  await page.keyboard.press('Enter');
  await expect(composer.getByText('Разработчик <dev@vendor.example>')).toBeVisible();
  await editor.press('Control+Home');
  await page.keyboard.insertText('Посмотрите, пожалуйста.');
  await page.keyboard.press('Control+Enter');
  const question = page.getByRole('dialog', { name: 'Переслать?' });
  await expect(question).toContainText('dev@vendor.example');
  const before = service.smtp.accepted.length;
  await question.getByRole('button', { name: 'Переслать' }).click();
  await expect(composer).toBeHidden();
  await expect.poll(() => service.smtp.accepted.length).toBe(before + 1);
  const mail = await lastSent();
  expect(service.smtp.accepted.at(-1)?.to).toEqual(['dev@vendor.example']);
  expect(mail.inReplyTo).toBeUndefined();
  expect(mail.subject).toMatch(/^Fwd: Ошибка сайта \[STP-/u);
  expect(mail.text).toContain('От: Мария Клиентова <client@school.example>');
  expect(mail.attachments.map(({ filename }) => filename)).toEqual(['Снимок.txt']);

  // The stranger answers, and gets a ticket of his own.
  const answer = clientLetter({
    from: 'Разработчик <dev@vendor.example>',
    subject: `Re: ${mail.subject ?? ''}`,
    inReplyTo: mail.messageId ?? '',
    text: 'Исправим завтра.',
  });
  await service.dovecot.deliver(answer.source);
  await expect(anna.rows('Ошибка сайта').filter({ hasText: 'Разработчик' })).toBeVisible();
  await expect(anna.ticket.getByText('Открыта', { exact: true })).toBeVisible();
  await expect(anna.ticket.getByText('Исправим завтра.')).toHaveCount(0);
});

test('a forward waits for all files of its letter, and is never taken for the forward of another', async () => {
  test.setTimeout(120_000);
  const { page, composer, editor } = anna;
  const text = { type: 'text/plain', bytes: Buffer.from('Ошибка 507') };
  const first = letterWithFiles({
    subject: 'Снимки экрана',
    text: 'Первое письмо.',
    files: [
      { ...text, name: 'Журнал.txt' },
      { name: 'Экран.png', type: 'image/png', bytes: Buffer.alloc(6000, 7), inline: true },
      { name: 'точка.png', type: 'image/png', bytes: Buffer.alloc(43, 7), inline: true },
    ],
  });
  const second = clientLetter({
    subject: 'Re: Снимки экрана',
    text: 'Второе письмо.',
    inReplyTo: first.messageId,
  });
  await service.dovecot.deliver(first.source);
  await anna.open('Снимки экрана');
  await expect(anna.letters.getByText('Первое письмо.')).toBeVisible();
  // The mailbox hands out the first file; the next waits until it is let through.
  const letThrough = await holdAnswers('/attachment', 1);
  const fileOf = (name: string) => composer.getByRole('button', { name: `Убрать файл ${name}` });
  const to = composer
    .getByRole('combobox', { name: 'Кому' })
    .or(composer.getByRole('textbox', { name: 'Кому' }));
  await page.keyboard.press('f');
  await expect(fileOf('Журнал.txt')).toBeVisible();
  await expect(composer.getByText('Экран.png: добавляется…')).toBeVisible();
  await expect(to).toBeFocused();
  await page.keyboard.type('dev@vendor.example');
  await page.keyboard.press('Enter');
  await editor.press('Control+Home');
  await page.keyboard.insertText('Посмотрите первое.');
  await page.keyboard.press('Control+Enter');
  await expect(composer.getByRole('alert')).toHaveText('Файлы ещё добавляются. Подождите немного.');

  // Left half-way, another letter is forwarded: a new draft with that letter and nothing of the first.
  await page.keyboard.press('Escape');
  await expect(composer).toBeHidden();
  await service.dovecot.deliver(second.source);
  await expect(anna.letters.getByText('Второе письмо.')).toBeVisible();
  await page.keyboard.press('f');
  await expect(editor).toContainText('Второе письмо.');
  await expect(editor).not.toContainText('Посмотрите первое.');
  await expect(composer.getByRole('list', { name: 'Файлы письма' })).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(composer).toBeHidden();

  // Back to the first: what had not come comes now, what is there stays single.
  await letThrough();
  await anna.letters
    .filter({ hasText: 'Первое письмо.' })
    .getByRole('button', { name: /^Переслать/u })
    .click();
  await expect(editor).toContainText('Посмотрите первое.');
  await expect(fileOf('Экран.png')).toBeVisible();
  await expect(fileOf('Журнал.txt')).toHaveCount(1);
  const before = service.smtp.accepted.length;
  await editor.press('Control+Enter');
  const question = page.getByRole('dialog', { name: 'Переслать?' });
  await expect(question).not.toContainText('не все файлы');
  await question.getByRole('button', { name: 'Переслать' }).click();
  await expect.poll(() => service.smtp.accepted.length).toBe(before + 1);
  const mail = await lastSent();
  expect(mail.text).toContain('Первое письмо.');
  expect(mail.attachments.map(({ filename }) => filename)).toEqual(['Журнал.txt', 'Экран.png']);
});

test('a letter that is closed while a file comes takes it no more, and says so', async () => {
  const { page, composer } = anna;
  const letThrough = await holdAnswers(encodeURIComponent('Поздний'), 0);
  await service.dovecot.deliver(clientLetter({ subject: 'Без файла', text: 'Ответьте.' }).source);
  await anna.open('Без файла');
  await anna.writeAnswer('Отвечаю.');
  const late = { name: 'Поздний.txt', mimeType: 'text/plain', buffer: Buffer.from('Акт') };
  await composer.locator('input[type="file"]').setInputFiles(late);
  await expect(composer.getByText('Поздний.txt: добавляется…')).toBeVisible();
  await expect(composer.getByText('Черновик сохранён')).toBeVisible();
  await anna.editor.press('Escape');
  await expect(composer).toBeHidden();
  await anna.ticket.getByRole('button', { name: 'Ответить' }).click();
  await expect(anna.editor).toContainText('Отвечаю.');
  await expect(anna.editor).toBeFocused();
  await anna.type('И дополняю. ');
  await letThrough();
  await expect(page.getByText('Файл «Поздний.txt» не добавлен. Письмо свернули раньше')).toBeVisible();
  await expect(composer.getByText('Черновик сохранён')).toBeVisible();
  await expect(composer.getByRole('button', { name: /Поздний/u })).toHaveCount(0);
  await expect(anna.editor).toContainText('И дополняю.');
  await composer.getByRole('button', { name: 'Удалить черновик' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Удалить черновик' }).click();
  await expect(composer).toBeHidden();
});

test('a letter that an agent begins, and its reply, are one ticket', async () => {
  test.setTimeout(120_000);
  const { page, composer, editor } = anna;
  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  const form = page.getByRole('form', { name: 'Письмо клиенту' });
  await form.getByLabel('Адрес почты').fill('library@school.example');
  await form.getByLabel('Тема письма').fill('Плановые работы');
  await form.getByRole('button', { name: 'Писать письмо' }).click();
  await expect(editor).toBeVisible();
  await expect(composer).toContainText('library@school.example');
  await editor.press('Control+Home');
  await page.keyboard.insertText('В субботу сайт не будет работать.');
  const before = service.smtp.accepted.length;
  await page.keyboard.press('Control+Enter');
  await expect(composer).toBeHidden();
  await expect.poll(() => service.smtp.accepted.length).toBe(before + 1);
  const mail = await lastSent();
  expect(mail.subject).toMatch(/^Плановые работы \[STP-/u);
  const reply = clientLetter({
    from: 'Библиотека <library@school.example>',
    subject: `Re: ${mail.subject ?? ''}`,
    inReplyTo: mail.messageId ?? '',
    text: 'Спасибо, предупредим читателей.',
  });
  await service.dovecot.deliver(reply.source);
  await expect(anna.ticket.getByText('Спасибо, предупредим читателей.')).toBeVisible();
  await expect(anna.rows('Плановые работы')).toHaveCount(1);
});
