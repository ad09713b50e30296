import { expect, test, type Locator } from '@playwright/test';
import { Agent } from './agent.ts';
import { clientLetter, type ClientLetter } from './client-letter.ts';
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

const school = 'Мария Клиентова <client@school.example>';

async function deliver(subject: string, text: string, from = school): Promise<ClientLetter> {
  const letter = clientLetter({ subject, text, from });
  await service.dovecot.deliver(letter.source);
  return letter;
}

/** Opens a ticket by its row, with the keyboard in it. */
async function open(agent: Agent, subject: string): Promise<void> {
  await agent.showSection('Все открытые');
  await agent.open(subject);
  await expect(agent.ticket.getByRole('heading', { name: subject })).toBeVisible();
  await agent.ticket.focus();
}

/** A new letter of a client, its ticket open on the desk. */
async function arrived(agent: Agent, subject: string, text: string, from = school): Promise<ClientLetter> {
  const letter = await deliver(subject, text, from);
  await open(agent, subject);
  await expect(agent.letters.first()).toBeVisible();
  return letter;
}

/** Gives a command by its key, and the dialog that it opens. */
async function dialogBy(agent: Agent, key: string, name: string): Promise<Locator> {
  await agent.page.keyboard.press(key);
  const dialog = agent.page.getByRole('dialog', { name });
  await expect(dialog).toBeVisible();
  return dialog;
}

async function classify(agent: Agent, words: string, label = words): Promise<void> {
  const dialog = await dialogBy(agent, 'l', 'Вид работ');
  await dialog.getByRole('combobox').fill(words);
  await agent.page.keyboard.press('Enter');
  // Keys act on the ticket again once the dialog has gone.
  await expect(dialog).toBeHidden();
  await expect(agent.ticket.getByRole('button', { name: label })).toBeVisible();
}

test('what a kind of work needs is written down in place, and the client asked for the rest in his language', async () => {
  await arrived(anna, 'Аднавіць сайт', 'Добры дзень! Калі ласка, аднавіце сайт са старой копіі, усё знікла.');
  await classify(anna, 'восстановление', 'Восстановление из резервной копии');
  const facts = anna.ticket.getByRole('region', { name: 'Что нужно знать для работы' });
  await expect(facts.getByText('Не хватает сведений: 3')).toBeVisible();

  await anna.page.keyboard.press('w');
  await expect(facts.getByRole('textbox', { name: 'Адрес сайта' })).toBeFocused();
  await anna.page.keyboard.insertText('школа.бел');
  await anna.page.keyboard.press('Enter');
  // The next one that is missing, until Escape.
  await expect(facts.getByRole('textbox', { name: 'На какую дату восстановить' })).toBeFocused();
  await anna.page.keyboard.press('Escape');
  await expect(facts.getByRole('button', { name: 'Адрес сайта: школа.бел' })).toBeVisible();
  await expect(facts.getByText('Не хватает сведений: 2')).toBeVisible();

  await anna.page.keyboard.press('q');
  await expect(anna.editor).toContainText('Каб выканаць вашу заяўку («Аднаўленне з рэзервовай копіі»)');
  await expect(anna.editor).toContainText('На якую дату аднавіць');
  await expect(anna.editor).not.toContainText('Адрас сайта');
  await expect(anna.editor).toBeFocused();
  const language = anna.composer.getByRole('combobox', { name: 'Язык письма' });
  await expect(language).toHaveValue('Беларуская');
  for (const [name, words] of [
    ['Русский', 'На какую дату восстановить'],
    ['Беларуская', 'На якую дату аднавіць'],
  ] as const) {
    await language.click();
    await anna.page.getByRole('option', { name }).click();
    await expect(anna.editor).toContainText(words);
  }
  await anna.editor.focus();
  await expect(anna.composer.getByRole('combobox', { name: 'Вид ответа' })).toHaveValue('Запрос уточнений');
  await anna.page.keyboard.press('Control+Enter');
  await expect(anna.composer).toBeHidden();
  await expect(anna.letters.filter({ hasText: 'Запрос уточнений' })).toBeVisible();

  // The colleague sees what is known, and it can be taken back.
  await pyotr.showSection('Ждём клиента');
  await pyotr.open('Аднавіць сайт');
  await expect(pyotr.ticket.getByRole('button', { name: 'Адрес сайта: школа.бел' })).toBeVisible();
});

test('a reason by its digit: facts, day to look again, the letter, and the answer that gives it', async () => {
  await arrived(anna, 'Кнопка не работает', 'Здравствуйте! Кнопка на сайте не нажимается, помогите.');
  const dialog = await dialogBy(anna, 'b', 'Отложить решение или отказать');
  await expect(dialog.getByRole('group', { name: 'Причины' }).getByRole('button')).toHaveCount(9);
  await expect(dialog.locator(':focus')).toHaveCount(1);
  await anna.page.keyboard.press('4');
  const change = dialog.getByLabel('Что нужно доработать');
  await expect(change).toBeFocused();
  const set = dialog.getByRole('button', { name: 'Записать и открыть письмо' });
  await expect(set).toBeDisabled();
  await anna.page.keyboard.insertText('кнопку записи на приём.');
  // Whoever looks at another reason finds what was written.
  const list = dialog.getByRole('group', { name: 'Причины' }).getByRole('button');
  await dialog.getByRole('button', { name: 'Другая причина' }).click();
  await expect(list.nth(3)).toBeFocused();
  await anna.page.keyboard.press('1');
  await expect(dialog.getByLabel('Каких сведений не хватает')).toHaveValue('');
  await dialog.getByRole('button', { name: 'Другая причина' }).click();
  await expect(list.nth(0)).toBeFocused();
  await anna.page.keyboard.press('4');
  await expect(change).toHaveValue('кнопку записи на приём.');
  await expect(change).toBeFocused();
  await anna.page.keyboard.press('Tab');
  await anna.page.keyboard.insertText('DEV-77');
  await dialog.getByRole('button', { name: 'через 5 рабочих дней' }).click();
  await expect(dialog.getByLabel('Письмо клиенту')).toContainText(
    'доработать сервис: кнопку записи на приём.',
  );
  await dialog.getByText('Беларуская', { exact: true }).click();
  await expect(dialog.getByLabel('Письмо клиенту')).toContainText('трэба дапрацаваць сэрвіс: кнопку');
  await dialog.getByText('Русский', { exact: true }).click();
  await change.focus();
  await anna.page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();

  await expect(
    anna.ticket.getByRole('button', { name: /^Отложена: Нужна доработка .*вернуться/u }),
  ).toBeVisible();
  await expect(anna.editor).toContainText('нужно доработать сервис: кнопку записи на приём.');
  await expect(anna.editor).toBeFocused();
  await expect(anna.composer.getByRole('combobox', { name: 'Вид ответа' })).toHaveValue('Отложено');
  await anna.page.keyboard.press('Control+Enter');
  await expect(anna.composer).toBeHidden();
  await open(pyotr, 'Кнопка не работает');
  await expect(pyotr.ticket.getByRole('button', { name: /^Отложена: Нужна доработка/u })).toBeVisible();
});

test('what lies outside is refused with the reason at hand, and a reason can be taken back', async () => {
  await arrived(anna, 'Настроить принтер', 'Здравствуйте! Не печатает принтер, приезжайте.');
  const classifying = await dialogBy(anna, 'l', 'Вид работ');
  await classifying.getByRole('combobox').fill('вне зоны');
  await anna.page.keyboard.press('Enter');
  const dialog = anna.page.getByRole('dialog', { name: 'Отложить решение или отказать' });
  await expect(dialog.getByLabel('К кому обратиться')).toBeFocused();
  await anna.page.keyboard.insertText('к тем, кто обслуживает ваши компьютеры');
  await anna.page.keyboard.press('Enter');
  await expect(anna.editor).toContainText('к тем, кто обслуживает ваши компьютеры');
  await expect(anna.composer.getByRole('combobox', { name: 'Вид ответа' })).toHaveValue('Отказ');
  await expect(
    anna.ticket.getByRole('button', { name: 'Отказ: Вопрос вне рамок технической поддержки' }),
  ).toBeVisible();
  await anna.page.keyboard.press('Escape');
  await expect(anna.composer).toBeHidden();
  const again = await dialogBy(anna, 'b', 'Отложить решение или отказать');
  await again.getByRole('button', { name: 'Снять причину' }).click();
  await expect(anna.ticket.getByRole('button', { name: /^Отказ:/u })).toHaveCount(0);
});

test('thanks closes with one key and no letter, and can be taken back', async () => {
  await arrived(anna, 'Спасибо большое', 'Всё работает, спасибо!');
  await anna.page.keyboard.press('t');
  await expect(anna.ticket.getByText('Ответ не нужен: Клиент поблагодарил')).toBeVisible();
  await anna.page.keyboard.press('Alt+Z');
  await expect(anna.ticket.getByText('Ответ не нужен: Клиент поблагодарил')).toHaveCount(0);
});

test('serve next takes whose turn it is; who is taken or put out of turn leaves a trace', async () => {
  await deliver('Очередь: первая', 'Здравствуйте, жду ответа.');
  await pyotr.showSection('Все открытые');
  await expect(pyotr.rows('Очередь: первая')).toBeVisible();
  await deliver('Очередь: вторая', 'Здравствуйте, тоже жду.');
  await open(pyotr, 'Очередь: вторая');
  const critical = await dialogBy(pyotr, 'x', 'Критичная заявка');
  await expect(critical.getByText(/^Обгонит/u)).toBeVisible();
  await critical.getByLabel('Причина').fill('Не открывается сайт');
  await critical.getByRole('button', { name: 'Вне очереди' }).click();
  const history = await dialogBy(pyotr, 'h', 'История заявки');
  await expect(
    history.getByText(/отмечена критичной: Не открывается сайт вне очереди, раньше/u),
  ).toBeVisible();
  await pyotr.page.keyboard.press('Escape');

  // Whoever asks for the next one gets the critical one first, and overtakes nobody by that.
  await expect(anna.rows('Очередь: вторая')).toContainText('Критичная');
  await anna.page.keyboard.press('.');
  await expect(anna.ticket.getByRole('heading', { name: 'Очередь: вторая' })).toBeVisible();
  await expect(anna.ticket.getByText(/^В работе у вас до/u)).toBeVisible();
  const claimed = await dialogBy(anna, 'h', 'История заявки');
  await expect(claimed.getByText(/взята в работу до [\d. :]+$/u)).toBeVisible();
  await anna.page.keyboard.press('Escape');

  // A ticket that was not the next one says whom it overtook.
  await arrived(pyotr, 'Очередь: третья', 'Здравствуйте, жду и я.');
  await pyotr.page.keyboard.press('c');
  await expect(pyotr.ticket.getByText(/^В работе у вас до/u)).toBeVisible();
  const picked = await dialogBy(pyotr, 'h', 'История заявки');
  await expect(picked.getByText(/взята в работу до .* вне очереди, раньше/u)).toBeVisible();
  await pyotr.page.keyboard.press('Escape');
});

test('tickets are linked, split and merged by keys, and say where they went', async () => {
  await arrived(anna, 'Квота для сайта', 'Здравствуйте, увеличьте квоту сайта.');
  await arrived(anna, 'Ещё раз о квоте', 'Здравствуйте, напоминаю о квоте сайта.');
  const link = await dialogBy(anna, 'v', 'Связать с другой заявкой');
  await link.getByRole('combobox').fill('Квота для');
  await expect(link.getByRole('option', { name: /Квота для сайта/u })).toBeVisible();
  await expect(link.getByRole('option')).toHaveCount(1);
  await anna.page.keyboard.press('Enter');
  const links = anna.ticket.getByRole('list', { name: 'Связанные заявки' });
  await expect(links.getByRole('button', { name: /Квота для сайта$/u }).first()).toBeVisible();
  // The other one tells of it too.
  await links
    .getByRole('button', { name: /Квота для сайта$/u })
    .first()
    .press('Enter');
  await expect(anna.ticket.getByRole('heading', { name: 'Квота для сайта' })).toBeVisible();
  await expect(links.getByRole('button', { name: /Ещё раз о квоте$/u }).first()).toBeVisible();
  await links.getByRole('button', { name: /^Снять связь/u }).press('Enter');
  await expect(links).toHaveCount(0);
  await anna.page.keyboard.press('Alt+Z');
  await expect(links).toBeVisible();

  await open(anna, 'Ещё раз о квоте');
  const merge = await dialogBy(anna, 'y', 'Объединить заявки');
  await merge.getByRole('combobox').fill('Квота для');
  await expect(merge.getByRole('option')).toHaveCount(1);
  await anna.page.keyboard.press('Enter');
  await expect(merge.getByRole('radio', { name: /Квота для сайта/u })).toBeChecked();
  await expect(merge.getByText('Отменить это нельзя')).toBeVisible();
  await anna.page.keyboard.press('Enter');
  await expect(anna.ticket.getByRole('heading', { name: 'Квота для сайта' })).toBeVisible();
  await expect(anna.letters).toHaveCount(2);
  await links
    .getByRole('button', { name: /Ещё раз о квоте$/u })
    .last()
    .press('Enter');
  await expect(anna.ticket.getByRole('heading', { name: 'Ещё раз о квоте' })).toBeVisible();
  await expect(links.getByText('Объединена, переписка теперь в')).toBeVisible();
  // The history names the other one, and leads to it.
  const history = await dialogBy(anna, 'h', 'История заявки');
  await expect(history.getByText(/связана с заявкой № \d+ Квота для сайта$/u)).toBeVisible();
  await history
    .getByText(/объединена с заявкой/u)
    .getByRole('button', { name: /^№ \d+ Квота для сайта$/u })
    .press('Enter');
  await expect(history).toBeHidden();
  await expect(anna.ticket.getByRole('heading', { name: 'Квота для сайта' })).toBeVisible();
  await links
    .getByRole('button', { name: /Ещё раз о квоте$/u })
    .last()
    .press('Enter');
  await expect(anna.ticket.getByRole('heading', { name: 'Ещё раз о квоте' })).toBeVisible();
  await expect(anna.ticket.getByRole('button', { name: 'Ответить' })).toHaveCount(0);

  await links
    .getByRole('button', { name: /Квота для сайта$/u })
    .first()
    .press('Enter');
  await expect(anna.letters).toHaveCount(2);
  await anna.ticket.focus();
  const split = await dialogBy(anna, 's', 'Выделить письма в новую заявку');
  await split
    .getByRole('checkbox', { name: /Мария Клиентова/u })
    .last()
    .press('Space');
  await split.getByLabel('Тема новой заявки').fill('Вопрос о квоте, отдельно');
  await anna.page.keyboard.press('Enter');
  await expect(anna.letters).toHaveCount(1);
  const splitOff = links.getByRole('button', { name: /Вопрос о квоте, отдельно$/u });
  await splitOff.press('Enter');
  await expect(anna.ticket.getByRole('heading', { name: 'Вопрос о квоте, отдельно' })).toBeVisible();
  await expect(anna.letters).toHaveCount(1);
  await expect(links.getByText('Выделена из')).toBeVisible();
});

test('internal work has no client: it is noted, assigned and closed, and nobody can be answered', async () => {
  await anna.showSection('Все открытые');
  const work = await dialogBy(anna, 'Shift+N', 'Внутренняя работа');
  await expect(work.getByLabel('Что сделать')).toBeFocused();
  await anna.page.keyboard.insertText('Обновить серверы');
  await anna.page.keyboard.press('Enter');
  await expect(anna.ticket.getByRole('heading', { name: 'Обновить серверы' })).toBeVisible();
  await expect(anna.ticket.getByText('Внутренняя работа, без клиента')).toBeVisible();
  await expect(anna.ticket.getByRole('button', { name: 'Ответить' })).toHaveCount(0);
  const assign = await dialogBy(anna, 'a', 'Кому поручить заявку');
  await assign.getByRole('combobox').fill('петр');
  await anna.page.keyboard.press('Enter');
  await expect(anna.ticket.getByRole('button', { name: 'Исполнитель: Пётр Петров' })).toBeVisible();
  const close = await dialogBy(anna, 'e', 'Закрыть заявку');
  await close.getByRole('button', { name: 'Закрыть заявку' }).click();
  await expect(anna.ticket.getByText('Выполнена', { exact: true })).toBeVisible();
});

test('an answer that bounced is told at the head: whom it did not reach, why, and what to do', async () => {
  await arrived(
    anna,
    'Письмо в никуда',
    'Здравствуйте! Подскажите, как сменить шаблон сайта.',
    'Олег <oleg@gone.example>',
  );
  await anna.writeAnswer('Шаблон меняется в админке.');
  await anna.sendAnswer();
  await expect(anna.ticket.getByText(/^Закроется .*, если клиент не напишет$/u)).toBeVisible();
  const sentTo = () => service.smtp.accepted.findLast(({ to }) => to.includes('oleg@gone.example'));
  await expect.poll(sentTo).toBeDefined();
  const messageId = /^Message-ID: (<.+>)\r?$/imu.exec(sentTo()?.source ?? '')?.[1] ?? '';
  await service.dovecot.deliver(bounceOf(messageId, 'oleg@gone.example'));
  const bounce = anna.ticket.getByRole('region', { name: 'Недоставленный ответ' });
  await expect(bounce).toContainText('oleg@gone.example: такого адреса нет (5.1.1), окончательно');
  await expect(anna.ticket.getByRole('article', { name: /^Отчёт о недоставке/u })).toBeVisible();
  await expect(anna.ticket.getByText(/^Закроется/u)).toHaveCount(0);
  await bounce.getByRole('button', { name: 'Написать на другой адрес' }).press('Enter');
  await expect(anna.page.getByRole('form', { name: 'Пересылка письма' })).toBeVisible();
});

/** What Postfix answers for an unknown mailbox (RFC 3464). */
function bounceOf(messageId: string, address: string): Uint8Array {
  const boundary = 'b/1';
  return Buffer.from(
    [
      'From: MAILER-DAEMON@mx.example (Mail Delivery System)',
      'To: support@example.test',
      'Subject: Undelivered Mail Returned to Sender',
      `Date: ${new Date().toUTCString()}`,
      `Message-ID: <${Date.now()}@mx.example>`,
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
      '',
      `--${boundary}`,
      'Content-Type: text/plain; charset=us-ascii',
      '',
      `<${address}>: host mx.gone.example said: 550 5.1.1 User unknown`,
      '',
      `--${boundary}`,
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example',
      '',
      `Final-Recipient: rfc822; ${address}`,
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 User unknown',
      '',
      `--${boundary}`,
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: ${messageId}`,
      'Subject: Re',
      '',
      `--${boundary}--`,
      '',
    ].join('\r\n'),
  );
}
