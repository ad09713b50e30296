import { expect, test, type Locator } from '@playwright/test';
import { Agent } from './agent.ts';
import { clientLetter, letterWithFiles } from './client-letter.ts';
import { startService, type Service } from './start-service.ts';

let service: Service;
let anna: Agent;
let pyotr: Agent;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  service = await startService();
  const [ivanova, petrov] = service.agents;
  anna = await Agent.arrive(service, ivanova);
  pyotr = await Agent.arrive(service, petrov);
});

test.afterAll(async () => {
  await service.stop();
});

/** A new letter of a client, its ticket open on the desk, with the keyboard in it. */
async function arrived(agent: Agent, subject: string, from?: string): Promise<void> {
  const letter = clientLetter({
    subject,
    text: `Письмо: ${subject}`,
    ...(from === undefined ? {} : { from }),
  });
  await service.dovecot.deliver(letter.source);
  await agent.showSection('Все открытые');
  await agent.open(subject);
  await expect(agent.letters.first()).toBeVisible();
  await agent.ticket.focus();
}

/** Gives a command by its key, and the dialog that it opens. */
async function dialogBy(agent: Agent, key: string, name: string): Promise<Locator> {
  await agent.page.keyboard.press(key);
  const dialog = agent.page.getByRole('dialog', { name });
  await expect(dialog).toBeVisible();
  return dialog;
}

test('assign, classify and put out of turn by keys; the colleague sees it, and it can be taken back', async () => {
  await arrived(anna, 'Сайт не открывается');
  await pyotr.showSection('Все открытые');
  await pyotr.open('Сайт не открывается');

  const assign = await dialogBy(anna, 'a', 'Кому поручить заявку');
  await assign.getByRole('combobox', { name: 'Найти сотрудника' }).fill('петр');
  await anna.page.keyboard.press('Enter');
  await expect(anna.ticket.getByRole('button', { name: 'Исполнитель: Пётр Петров' })).toBeVisible();
  await expect(pyotr.ticket.getByRole('button', { name: 'Исполнитель: вы' })).toBeVisible();

  // The palette knows everybody by name.
  await expect(assign).toBeHidden();
  const palette = await dialogBy(anna, 'Control+k', 'Команды');
  await palette.getByRole('combobox').fill('иванова');
  await palette.getByRole('option', { name: /Анна Иванова.*Поручить заявку/u }).click();
  await expect(anna.ticket.getByRole('button', { name: 'Исполнитель: вы' })).toBeVisible();
  await anna.page.keyboard.press('Alt+Z');
  await expect(anna.ticket.getByRole('button', { name: 'Исполнитель: Пётр Петров' })).toBeVisible();

  const classify = await dialogBy(anna, 'l', 'Вид работ');
  await expect(classify.getByRole('option')).toHaveCount(20);
  await classify.getByRole('combobox', { name: 'Найти вид работ' }).fill('домен');
  await anna.page.keyboard.press('Enter');
  await expect(pyotr.ticket.getByRole('button', { name: 'Доменные имена' })).toBeVisible();

  const critical = await dialogBy(anna, 'x', 'Критичная заявка');
  await expect(critical.getByRole('button', { name: 'Вне очереди' })).toBeDisabled();
  await critical.getByLabel('Причина').fill('Не работает приём граждан');
  await critical.getByRole('button', { name: 'Вне очереди' }).click();
  const reason = 'Критичная: Не работает приём граждан (Анна Иванова)';
  await expect(anna.ticket.getByText(reason)).toBeVisible();
  await expect(pyotr.ticket.getByText(reason)).toBeVisible();

  await anna.page.keyboard.press('Alt+Z');
  await expect(anna.ticket.getByText(reason)).toHaveCount(0);
  await expect(pyotr.ticket.getByText(reason)).toHaveCount(0);
});

test('claim and release by key; Escape closes a dialog and not the ticket behind it', async () => {
  await arrived(anna, 'Кто возьмёт');
  await anna.page.keyboard.press('c');
  await expect(anna.ticket.getByText(/^В работе у вас до/u)).toBeVisible();
  await anna.page.keyboard.press('Shift+C');
  await expect(anna.ticket.getByText(/^В работе у вас до/u)).toHaveCount(0);

  // What is in one's hands and given away comes back into them.
  await anna.page.keyboard.press('c');
  await expect(anna.ticket.getByText(/^В работе у вас до/u)).toBeVisible();
  const assign = await dialogBy(anna, 'a', 'Кому поручить заявку');
  await assign.getByRole('combobox', { name: 'Найти сотрудника' }).fill('петр');
  await anna.page.keyboard.press('Enter');
  await expect(anna.ticket.getByText(/^В работе у вас до/u)).toHaveCount(0);
  await anna.page.keyboard.press('Alt+Z');
  await expect(anna.ticket.getByText(/^В работе у вас до/u)).toBeVisible();
  await expect(anna.ticket.getByRole('button', { name: 'Исполнитель: Пётр Петров' })).toHaveCount(0);
  for (const [key, name] of [
    ['z', 'Отложить заявку'],
    ['i', 'Как получен срок ответа'],
    ['h', 'История заявки'],
  ] as const) {
    const dialog = await dialogBy(anna, key, name);
    // The trap of the dialog has the keyboard, a button mostly.
    await expect(dialog.locator(':focus')).toHaveCount(1);
    await anna.page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(anna.ticket).toBeVisible();
  }
});

test('snoozed until the next working morning, and back in the queue', async () => {
  await arrived(anna, 'Отложить до утра');
  const snooze = await dialogBy(anna, 'z', 'Отложить заявку');
  await snooze.getByRole('button', { name: /^Ближайшее рабочее утро/u }).click();
  await expect(anna.ticket.getByText(/^Отложена до .* 09:00$/u)).toBeVisible();
  await pyotr.showSection('Отложены');
  await expect(pyotr.rows('Отложить до утра')).toBeVisible();
  await anna.ticket.focus();
  const again = await dialogBy(anna, 'z', 'Отложить заявку');
  await again.getByRole('button', { name: 'Вернуть в очередь' }).click();
  await expect(anna.ticket.getByText(/^Отложена до/u)).toHaveCount(0);
  await expect(pyotr.rows('Отложить до утра')).toHaveCount(0);
});

test('handed to the developers under their number', async () => {
  await arrived(anna, 'Нужна доработка');
  const escalate = await dialogBy(anna, 'd', 'Передать разработчикам');
  await escalate.getByLabel('Номер или ссылка у разработчиков').fill('DEV-1234');
  await anna.page.keyboard.press('Enter');
  await expect(anna.ticket.getByText('У разработчиков: DEV-1234')).toBeVisible();
  await pyotr.showSection('У разработчиков');
  await expect(pyotr.rows('Нужна доработка')).toBeVisible();
});

test('a note by key, which looks like no letter and which the colleague reads', async () => {
  await arrived(anna, 'С заметкой');
  await pyotr.showSection('Все открытые');
  await pyotr.open('С заметкой');
  await anna.page.keyboard.press('m');
  const editor = anna.ticket.getByRole('textbox', { name: 'Заметка для коллег' });
  await expect(editor).toBeFocused();
  await anna.page.keyboard.insertText('Звонила директор,\nждёт до обеда.');
  await anna.page.keyboard.press('Control+Enter');
  await expect(editor).toBeHidden();
  for (const { ticket, letters } of [anna, pyotr]) {
    const note = ticket.getByRole('note');
    await expect(note).toContainText('Звонила директор,\nждёт до обеда.');
    await expect(note).toContainText('Клиенты заметок не видят');
    await expect(letters).toHaveCount(1);
  }
  const history = await dialogBy(anna, 'h', 'История заявки');
  await expect(history.getByRole('listitem')).toHaveCount(2);
  await history.getByText('Заметки', { exact: true }).click();
  await expect(history.getByRole('listitem')).toHaveCount(1);
  await expect(history.getByRole('listitem')).toContainText('Анна Иванова: добавлена заметка: Звонила');
  await anna.page.keyboard.press('Escape');
});

test('closed with a reason while the client waits, never as done; opened again', async () => {
  await arrived(anna, 'Спасибо за работу');
  const close = await dialogBy(anna, 'e', 'Закрыть заявку');
  await expect(close).toContainText('«Выполнена» выбрать нельзя: клиент ждёт ответа');
  await expect(close.getByRole('radio', { name: 'Выполнена' })).toHaveCount(0);
  await close.getByRole('radio', { name: 'Ответ не нужен' }).check();
  await expect(close.getByRole('button', { name: 'Закрыть заявку' })).toBeDisabled();
  await close.getByLabel('Причина').fill('Благодарность');
  await close.getByRole('button', { name: 'Закрыть заявку' }).click();
  await expect(anna.ticket.getByText('Ответ не нужен: Благодарность')).toBeVisible();
  await pyotr.showSection('Закрытые');
  await pyotr.open('Спасибо за работу');
  await expect(pyotr.ticket.getByText('Закрыта', { exact: true })).toBeVisible();
  await pyotr.ticket.getByRole('button', { name: 'Вернуть в работу' }).click();
  await expect(pyotr.ticket.getByText('Открыта', { exact: true })).toBeVisible();
  await expect(anna.ticket.getByText('Открыта', { exact: true })).toBeVisible();
});

test('what is no request is closed, and its sender opens no more', async () => {
  await arrived(anna, 'Купите рекламу', 'Spam <spam@ads.example>');
  const dialog = await dialogBy(anna, 'Shift+E', 'Закрыть: это не заявка');
  await dialog.getByRole('checkbox', { name: /spam@ads\.example/u }).check();
  await dialog.getByRole('button', { name: 'Закрыть как не заявку' }).click();
  await expect(anna.ticket.getByText('Не заявка: Спам')).toBeVisible();
  await anna.ticket.focus();
  const again = await dialogBy(anna, 'h', 'История заявки');
  await expect(again).toContainText('Анна Иванова: заявка закрыта (Не заявка): Спам');
  await anna.page.keyboard.press('Escape');
  await service.dovecot.deliver(
    clientLetter({ from: 'Spam <spam@ads.example>', subject: 'Ещё реклама', text: 'Купите!' }).source,
  );
  await service.dovecot.deliver(clientLetter({ subject: 'После рекламы', text: 'Здравствуйте' }).source);
  await anna.showSection('Все открытые');
  await expect(anna.rows('После рекламы')).toBeVisible();
  await expect(anna.rows('Ещё реклама')).toHaveCount(0);
});

test('name and telephone of a client, who takes part, and a telephone that is dialled', async () => {
  await arrived(anna, 'Кто это');
  const dialog = await dialogBy(anna, 'u', 'Данные клиента');
  await dialog.getByLabel('Имя и учреждение').fill('Ирина, школа № 3');
  await dialog.getByLabel('Телефон').fill('8 017 389-43-17');
  await anna.page.keyboard.press('Enter');
  await expect(anna.ticket.getByText('Ирина, школа № 3', { exact: true })).toBeVisible();
  await expect(anna.ticket.getByRole('link', { name: 'Позвонить: 8 017 389-43-17' })).toHaveAttribute(
    'href',
    'tel:+375173894317',
  );
  await anna.ticket.getByRole('button', { name: 'Участники: 1' }).click();
  const participants = anna.page.getByRole('dialog', { name: 'Участники заявки' });
  await expect(participants.getByRole('listitem')).toContainText('client@school.example');
  await anna.page.keyboard.press('Escape');
});

test('a client’s second address is let in, its letters join, it is answered, and it is taken out again', async () => {
  await service.changeSettings({ undoSendSeconds: 10 });
  const subject = 'Пишу с двух адресов';
  const first = clientLetter({ subject, text: 'Пишу с первого.' });
  await service.dovecot.deliver(first.source);
  await anna.showSection('Все открытые');
  await anna.open(subject);
  await anna.ticket.focus();
  const people = await dialogBy(anna, 'Shift+U', 'Участники заявки');
  const field = people.getByLabel('Добавить адрес');
  await expect(field).toBeFocused();
  for (const [typed, problem] of [
    ['вторая школа', 'На такой адрес нельзя отправить письмо.'],
    ['Support@example.test', 'Это адрес самой службы.'],
    ['client@school.example', 'Этот адрес уже участвует в заявке.'],
  ] as const) {
    await field.fill(typed);
    await people.getByRole('button', { name: 'Добавить', exact: true }).click();
    await expect(people.getByText(problem)).toBeVisible();
  }
  await field.fill('Second@School.example');
  // A press beside the dialog does not lose what is typed.
  await anna.page.mouse.click(5, 5);
  await expect(field).toHaveValue('Second@School.example');
  await field.press('Enter');
  await expect(people).toBeHidden();
  await expect(anna.ticket.getByRole('button', { name: 'Участники: 2' })).toBeVisible();
  await expect(anna.ticket.getByText('Анна Иванова: участник добавлен: second@school.example')).toBeVisible();

  await pyotr.showSection('Все открытые');
  await pyotr.open(subject);
  await expect(pyotr.ticket.getByRole('button', { name: 'Участники: 2' })).toBeVisible();
  const from = 'Мария Клиентова <second@school.example>';
  const again = clientLetter({ from, subject, inReplyTo: first.messageId, text: 'Пишу со второго.' });
  await service.dovecot.deliver(again.source);
  await expect(anna.letters.filter({ hasText: 'Пишу со второго.' })).toBeVisible();
  await anna.page.keyboard.press('r');
  await expect(
    anna.composer.getByText('Мария Клиентова <second@school.example>', { exact: true }),
  ).toBeVisible();
  await anna.editor.press('Control+Home');
  await anna.type('Отвечаю сюда.');

  await pyotr.ticket.focus();
  const colleagues = await dialogBy(pyotr, 'Shift+U', 'Участники заявки');
  await expect(colleagues.getByRole('button', { name: /^Убрать из участников/u })).toHaveCount(1);
  await colleagues.getByRole('button', { name: 'Убрать из участников: second@school.example' }).click();
  await expect(anna.ticket.getByRole('button', { name: 'Участники: 1' })).toBeVisible();
  // The answer that was begun meanwhile does not go there.
  await anna.composer
    .getByRole('button', { name: /^Отправить/u })
    .first()
    .click();
  await expect(anna.composer.getByRole('alert')).toContainText(
    'second@school.example больше не участвует в заявке.',
  );
  await pyotr.page.keyboard.press('Alt+Z');
  await expect(anna.ticket.getByRole('button', { name: 'Участники: 2' })).toBeVisible();

  // Neither does one that is sent already and can still be called back.
  const once = await dialogBy(pyotr, 'Shift+U', 'Участники заявки');
  const takeOut = once.getByRole('button', { name: 'Убрать из участников: second@school.example' });
  await expect(takeOut).toBeVisible();
  await anna.composer
    .getByRole('button', { name: /^Отправить/u })
    .first()
    .click();
  await expect(anna.composer).toBeHidden();
  await takeOut.click();
  const held = anna.ticket.getByRole('article', { name: /^Ваше письмо от/u });
  await expect(held).toContainText('Одного из получателей тем временем убрали из участников заявки.', {
    timeout: 20_000,
  });
  await held.getByRole('button', { name: 'Отправить как есть' }).click();
  const asked = anna.page.getByRole('dialog', { name: 'Отправить?' });
  await expect(asked).toContainText('снова станет её участником');
  await anna.page.keyboard.press('Escape');
  await held.getByRole('button', { name: 'Вернуть в черновик' }).click();
  await expect(anna.composer).toBeVisible();
  expect(service.smtp.accepted.flatMap(({ to }) => to)).not.toContain('second@school.example');
  await service.changeSettings({ undoSendSeconds: 0 });
});

test('what comes while one reads further up neither scrolls nor folds what is being read', async () => {
  const subject = 'Длинное письмо';
  const lines = Array.from({ length: 80 }, (_, index) => `Строка ${index + 1}.`);
  const first = clientLetter({ subject, text: lines.join('\n') });
  await service.dovecot.deliver(first.source);
  await anna.showSection('Все открытые');
  await anna.open(subject);
  await anna.writeAnswer('Первый ответ.\n');
  await anna.sendAnswer();
  await expect(anna.ticket.getByText('Ждём клиента', { exact: true })).toBeVisible();
  await expect(anna.letters).toHaveCount(2);
  await pyotr.showSection('Все открытые');
  await pyotr.open(subject);
  await expect(pyotr.letters).toHaveCount(2);
  // A mailbox tells whole seconds, and what is not filed yet may be filed after the next letter.
  await expect(anna.ticket.getByRole('article', { name: /^Ваше письмо от/u })).toHaveCount(0);

  const top = anna.letters.first().getByText('Строка 1.');
  await top.scrollIntoViewIfNeeded();
  await expect(top).toBeInViewport();
  const more = clientLetter({ subject: `Re: ${subject}`, text: 'И ещё вопрос.', inReplyTo: first.messageId });
  await service.dovecot.deliver(more.source);
  await expect(anna.letters).toHaveCount(3);
  const below = anna.ticket.getByRole('button', { name: 'Ниже новое' });
  await expect(below).toBeVisible();
  await expect(top).toBeInViewport();

  await below.click();
  await expect(anna.letters.nth(2).getByText('И ещё вопрос.')).toBeInViewport();
  await expect(below).toBeHidden();

  // At the end one sees what comes, without doing anything.
  await pyotr.ticket.getByRole('button', { name: 'Заметка' }).click();
  await pyotr.page.keyboard.insertText('Спросил у коллег.');
  await pyotr.page.keyboard.press('Control+Enter');
  await expect(anna.ticket.getByRole('note')).toBeInViewport();
  await expect(below).toBeHidden();
});

test('a call becomes a ticket with a note; the next one about it is added to it', async () => {
  await anna.page.getByRole('main').focus();
  const call = await dialogBy(anna, 'p', 'Звонок клиента');
  await call.getByLabel('Телефон клиента').fill('+375 29 765-43-21');
  await call.getByLabel('Имя и учреждение').fill('Ольга Чернявская');
  await call.getByRole('button', { name: 'Создать заявку' }).click();
  await expect(call.getByRole('alert')).toContainText('Напишите, в чём суть обращения.');
  await call.getByLabel('Суть обращения').fill('Не заходит в админку');
  await call.getByLabel('Что рассказал клиент').fill('Пароль подходит, но страница пустая');
  await call.getByRole('button', { name: 'Создать заявку' }).click();
  await expect(call).toBeHidden();
  await expect(anna.ticket).toHaveAccessibleName(/^Заявка № \d+$/u);
  await expect(anna.ticket.getByRole('heading')).toContainText('Не заходит в админку');
  await expect(anna.ticket.getByText(/^звонок /u)).toBeVisible();
  await expect(anna.ticket.getByRole('note')).toContainText('Пароль подходит, но страница пустая');

  await pyotr.page.getByRole('main').focus();
  await pyotr.page.keyboard.press('p');
  const second = pyotr.page.getByRole('dialog', { name: 'Звонок клиента' });
  await second.getByLabel('Телефон клиента').fill('+375 29 765-43-21');
  const known = second.getByRole('region', { name: 'Открытые заявки этого клиента' });
  await expect(known.getByRole('listitem')).toContainText('Не заходит в админку');
  await second.getByLabel('Что рассказал клиент').fill('Звонит третий раз');
  await known.getByRole('button', { name: /^Добавить к заявке/u }).click();
  await expect(second).toBeHidden();
  await expect(pyotr.ticket.getByRole('note')).toHaveCount(2);
  await expect(anna.ticket.getByRole('note').nth(1)).toContainText(
    'Звонок: +375 29 765-43-21\nЗвонит третий раз',
  );
});

test('a call that is solved at once is closed', async () => {
  await anna.page.getByRole('main').focus();
  const call = await dialogBy(anna, 'p', 'Звонок клиента');
  await call.getByLabel('Суть обращения').fill('Где найти инструкцию');
  await call.getByRole('checkbox', { name: /Вопрос решён во время звонка/u }).check();
  await call.getByRole('button', { name: 'Создать заявку' }).click();
  await expect(anna.ticket.getByText('Ответили по телефону: Решено во время звонка')).toBeVisible();
  await pyotr.showSection('Закрытые');
  await expect(pyotr.rows('Где найти инструкцию')).toBeVisible();
});

async function discardLetter(): Promise<void> {
  await anna.composer.getByRole('button', { name: 'Удалить черновик' }).click();
  await anna.page.getByRole('dialog').getByRole('button', { name: 'Удалить черновик' }).click();
  await expect(anna.composer).toBeHidden();
}

test('a letter that an agent begins, and one that is passed on', async () => {
  await anna.page.getByRole('main').focus();
  const letter = await dialogBy(anna, 'n', 'Новое письмо клиенту');
  await letter.getByLabel('Адрес почты').fill('без собаки');
  await letter.getByLabel('Тема письма').fill('Плановые работы');
  await letter.getByRole('button', { name: 'Писать письмо' }).click();
  await expect(letter.getByRole('alert')).toContainText('Укажите адрес почты клиента');
  await letter.getByLabel('Адрес почты').fill('director@school.example');
  // Given twice, before the first is written to disk, it is one letter all the same.
  await letter.getByRole('form').evaluate((form: HTMLFormElement) => {
    form.requestSubmit();
    setTimeout(() => form.requestSubmit());
  });
  await expect(anna.page.getByRole('form', { name: 'Письмо клиенту', exact: true })).toBeVisible();
  await expect(anna.editor).toBeFocused();
  await anna.page.keyboard.press('Escape');
  await expect(anna.composer).toBeHidden();
  await anna.showSection('Все открытые');
  await expect(anna.rows('Плановые работы')).toHaveCount(1);
  await expect(anna.ticket.getByRole('heading', { name: 'Плановые работы' })).toBeVisible();

  // Whoever thinks better of it leaves nothing behind; colleagues never hear of either.
  await anna.page.getByRole('main').focus();
  const other = await dialogBy(anna, 'n', 'Новое письмо клиенту');
  await other.getByLabel('Адрес почты').fill('director@school.example');
  await other.getByLabel('Тема письма').fill('Передумали');
  await other.getByRole('button', { name: 'Писать письмо' }).click();
  await expect(anna.editor).toBeFocused();
  await expect(anna.rows('Передумали')).toHaveCount(1);
  await discardLetter();
  await expect(anna.rows('Передумали')).toHaveCount(0);
  await anna.open('Плановые работы');
  await discardLetter();
  await expect(anna.rows('Плановые работы')).toHaveCount(0);

  await arrived(anna, 'Для хостинга');
  await anna.page.keyboard.press('f');
  await expect(anna.page.getByRole('form', { name: 'Пересылка письма' })).toBeVisible();
  await pyotr.showSection('Все открытые');
  await expect(pyotr.rows('Для хостинга')).toBeVisible();
  await expect(pyotr.rows(/Плановые работы|Передумали/u)).toHaveCount(0);
});

test('brackets lead through the section, and a long conversation is folded', async () => {
  await arrived(anna, 'Соседняя заявка');
  const first = clientLetter({ subject: 'Долгая переписка', text: 'Самое первое письмо.' });
  await service.dovecot.deliver(first.source);
  await anna.showSection('Все открытые');
  await anna.open('Долгая переписка');
  await anna.writeAnswer('Первый ответ службы.\n');
  await anna.sendAnswer();
  await expect(anna.letters).toHaveCount(2);
  const next = { subject: 'Re: Долгая переписка', inReplyTo: first.messageId };
  await service.dovecot.deliver(clientLetter({ ...next, text: 'Уточняю вопрос.' }).source);
  await expect(anna.letters).toHaveCount(3);
  // What stood open stays so while it is read, and is folded the next time.
  await expect(anna.letters.nth(0)).toContainText('Кому:');
  await anna.open('Соседняя заявка');
  await expect(anna.ticket.getByRole('heading')).toContainText('Соседняя заявка');
  await anna.open('Долгая переписка');
  await expect(anna.letters).toHaveCount(3);
  await expect(anna.letters.nth(0).getByRole('button')).toHaveAttribute('aria-expanded', 'false');
  await expect(anna.letters.nth(0)).toContainText('Самое первое письмо.');
  await expect(anna.letters.nth(2)).toContainText('Кому:');
  await anna.letters.nth(0).getByRole('button').press('Enter');
  await expect(anna.letters.nth(0)).toContainText('Кому:');
  await anna.ticket.getByRole('button', { name: 'Развернуть все' }).click();
  await expect(anna.letters.nth(1)).toContainText('Кому:');

  await anna.ticket.focus();
  await expect(anna.ticket.getByRole('button', { name: 'Предыдущая заявка' })).toBeEnabled();
  await anna.page.keyboard.press('[');
  await expect(anna.ticket.getByRole('heading')).not.toContainText('Долгая переписка');
  await expect(anna.ticket.getByRole('button', { name: 'Следующая заявка' })).toBeEnabled();
  await anna.page.keyboard.press(']');
  await expect(anna.ticket.getByRole('heading')).toContainText('Долгая переписка');
});

test('attachments show what their names hide, and are saved under harmless ones', async () => {
  const text = (words: string) => new TextEncoder().encode(words);
  const picture = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const { source } = letterWithFiles({
    subject: 'Странные файлы',
    text: 'Смотрите вложения.',
    files: [
      { name: '..\\..\\Windows\\evil.exe', type: 'image/png', bytes: text('MZ') },
      { name: 'счёт\u202Egpj.exe', type: 'image/jpeg', bytes: text('MZ') },
      { name: 'CON.txt', type: 'text/plain', bytes: text('Привет из файла') },
      { name: 'экран.png', type: 'image/png', bytes: picture },
    ],
  });
  await service.dovecot.deliver(source);
  await anna.showSection('Все открытые');
  await anna.open('Странные файлы');
  const files = anna.letters.getByRole('list', { name: 'Вложения' }).getByRole('listitem');
  await expect(files).toHaveCount(4);
  await expect(files.nth(0)).toContainText('evil.exe');
  await expect(files.nth(0)).not.toContainText('Windows');
  await expect(files.nth(1)).toContainText('U+202E');
  for (const program of [files.nth(0), files.nth(1)]) {
    await expect(program).toContainText('Может содержать программу');
    await expect(program.getByRole('button')).toHaveCount(1);
  }
  expect(await anna.save('CON.txt')).toEqual({ name: '_CON.txt', text: 'Привет из файла' });
  expect((await anna.save('счёт[U+202E]gpj.exe')).name).toBe('счётgpj.exe');

  await anna.letters.getByRole('button', { name: 'Просмотреть CON.txt' }).click();
  const preview = anna.page.getByRole('dialog', { name: 'CON.txt' });
  await expect(preview.getByRole('textbox', { name: 'CON.txt' })).toHaveValue('Привет из файла');
  await anna.page.keyboard.press('Escape');
  await expect(preview).toBeHidden();
  await anna.letters.getByRole('button', { name: 'Просмотреть экран.png' }).click();
  const shown = anna.page.getByRole('dialog', { name: 'экран.png' }).getByRole('img', { name: 'экран.png' });
  await expect
    .poll(async () => await shown.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBe(1);
  await anna.page.keyboard.press('Escape');
});
