import { expect, test, type Locator } from '@playwright/test';
import PostalMime from 'postal-mime';
import { encodeCp1251 } from '#test/fixtures/encode-cp1251.ts';
import { Agent } from './agent.ts';
import { clientLetter } from './client-letter.ts';
import { startService, type Service } from './start-service.ts';

let service: Service;
let admin: Agent;
/** A second desk, whose agent sees at once what the administrator sets. */
let anna: Agent;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  service = await startService();
  admin = await Agent.arrive(service, service.admin);
  anna = await Agent.arrive(service, service.agents[0]);
});

test.afterAll(async () => {
  await service.stop();
});

async function showSettings(agent: Agent, tab: string): Promise<Locator> {
  await agent.showPage('Настройки');
  await agent.page.getByRole('tab', { name: tab }).click();
  return agent.page.getByRole('tabpanel', { name: tab });
}

/** Presses the button of a question that is asked before something is done. */
async function confirm(agent: Agent, title: string, button: string): Promise<void> {
  const dialog = agent.page.getByRole('dialog', { name: title });
  await dialog.getByRole('button', { name: button }).click();
  await expect(dialog).toBeHidden();
}

test('a new colleague gets a password once, can log in, and is shut out again', async () => {
  test.setTimeout(120_000);
  const staff = await showSettings(admin, 'Сотрудники');
  await staff.getByRole('button', { name: 'Новый сотрудник' }).click();
  const form = admin.page.getByRole('dialog', { name: 'Новый сотрудник' });
  await form.getByLabel('Имя').fill('Ольга Ковалёва');
  await form.getByLabel('Логин').fill('ivanova');
  await form.getByRole('button', { name: 'Создать' }).click();
  await expect(form.getByText('Такой логин уже есть.')).toBeVisible();
  await expect(form.getByLabel('Логин')).toBeFocused();
  await form.getByLabel('Логин').fill('Kovaleva');
  await form.getByRole('combobox', { name: 'Роль' }).click();
  await admin.page.getByRole('option', { name: 'Старший специалист' }).click();
  await form.getByRole('button', { name: 'Создать' }).click();

  const handed = admin.page.getByRole('dialog', { name: 'Пароль: Ольга Ковалёва' });
  await expect(handed.getByLabel('Логин')).toHaveValue('kovaleva');
  const password = await handed.getByLabel('Пароль', { exact: true }).inputValue();
  expect(password).toMatch(/^\w{4}(?:-\w{4}){3}$/u);
  await handed.getByRole('button', { name: 'Передано' }).click();
  const row = staff.getByRole('row', { name: /Ольга Ковалёва/u });
  await expect(row).toContainText('Старший специалист');

  const olga = await Agent.arrive(service, { login: 'kovaleva', name: '', password });
  await row.getByRole('button', { name: /^Новый пароль/u }).click();
  await confirm(admin, 'Выдать новый пароль?', 'Выдать');
  const second = await handed.getByLabel('Пароль', { exact: true }).inputValue();
  expect(second).not.toBe(password);
  await handed.getByRole('button', { name: 'Передано' }).click();
  const entrance = olga.page.getByRole('form', { name: 'Вход' });
  await expect(entrance.getByRole('status')).toContainText('Сервер заявок завершил сеанс.');
  await olga.logIn(service.apiUrl, { login: 'kovaleva', password });
  await expect(olga.page.getByRole('alert')).toContainText('Логин или пароль не подошли.');
  await olga.logIn(service.apiUrl, { login: 'kovaleva', password: second });
  await expect(olga.queue).toBeVisible();

  await row.getByRole('button', { name: /^Отключить/u }).click();
  await confirm(admin, 'Отключить сотрудника?', 'Отключить');
  await expect(row).toContainText('Отключён');
  await expect(olga.page.getByRole('form', { name: 'Вход' })).toBeVisible();
  await olga.desk.close();
  await row.getByRole('button', { name: /^Включить/u }).click();
  await confirm(admin, 'Включить сотрудника?', 'Включить');
  await expect(row).not.toContainText('Отключён');

  // The only administrator stays one.
  const own = staff.getByRole('row', { name: /это вы/u });
  await expect(own.getByRole('button')).toHaveCount(1);
  await own.getByRole('button', { name: /^Изменить/u }).click();
  const ownForm = admin.page.getByRole('dialog', { name: /^Изменить/u });
  await expect(ownForm.getByRole('combobox', { name: 'Роль' })).toBeDisabled();
  await expect(ownForm).toContainText('Это единственный администратор.');
  await ownForm.getByRole('button', { name: 'Отмена' }).click();
});

test('a group signs the answers of its members on the other desk', async () => {
  const groups = await showSettings(admin, 'Группы и подписи');
  await groups.getByRole('button', { name: 'Новая группа' }).click();
  const form = groups.getByRole('form', { name: 'Новая группа' });
  await form.getByLabel('Название').fill('Первая линия');
  await form.getByLabel('Имя отправителя').fill('Поддержка сайтов');
  await form.getByLabel('Подпись').fill('С уважением, {{agent}} {{client}}');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form.getByText('В подписи нет таких полей: {{client}}.')).toBeVisible();
  await form.getByLabel('Подпись').fill('С уважением, {{agent}}');
  await expect(form.getByRole('region', { name: 'Как увидит клиент' })).toContainText(
    'С уважением, Administrator',
  );
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(groups.getByRole('list', { name: 'Группы и подписи' })).toContainText('Первая линия');

  const staff = await showSettings(admin, 'Сотрудники');
  await staff.getByRole('button', { name: 'Изменить: Анна Иванова' }).click();
  const member = admin.page.getByRole('dialog', { name: 'Изменить: Анна Иванова' });
  await member.getByRole('combobox', { name: 'Группа' }).click();
  await admin.page.getByRole('option', { name: 'Первая линия' }).click();
  await member.getByRole('button', { name: 'Сохранить' }).click();
  await expect(staff.getByRole('row', { name: /Анна Иванова/u })).toContainText('Первая линия');

  await service.dovecot.deliver(clientLetter({ subject: 'Подпись', text: 'Кто это?' }).source);
  await anna.open('Подпись');
  await anna.writeAnswer('Это мы.\n');
  await anna.sendAnswer();
  await expect.poll(() => service.smtp.accepted.length, { timeout: 30_000 }).toBe(1);
  const sent = await PostalMime.parse(service.smtp.accepted[0]?.source ?? '');
  expect(sent.from?.name).toBe('Поддержка сайтов');
  expect(sent.text).toContain('С уважением, Анна Иванова');
});

test('a template with unknown slots is not kept; a good one reaches the other desk', async () => {
  await admin.showPage('Шаблоны');
  const page = admin.page.getByRole('region', { name: 'Шаблоны' });
  await page.getByRole('button', { name: 'Новый шаблон' }).click();
  const form = page.getByRole('form', { name: 'Новый шаблон' });
  await form.getByLabel('Название').fill('Приветствие');
  await form.getByLabel('Сокращение').fill('прив');
  const text = form.getByRole('textbox', { name: 'Текст' });
  await text.fill('Здравствуйте, {{клиент}}!');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form.getByText(/^Таких полей нет: \{\{клиент\}\}\. Есть \{\{client\}\}/u)).toBeVisible();
  await expect(text).toBeFocused();
  await text.fill('Здравствуйте, ');
  await form.getByRole('button', { name: 'Клиент', exact: true }).click();
  await admin.page.keyboard.type('!');
  await expect(form.getByRole('region', { name: 'Как увидит клиент' })).toContainText(
    'Здравствуйте, Марина Сергеевна!',
  );
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(page.getByRole('article', { name: 'Приветствие' })).toBeVisible();

  await anna.showPage('Шаблоны');
  const read = anna.page.getByRole('region', { name: 'Шаблоны' });
  await expect(read.getByRole('article', { name: 'Приветствие' })).toContainText(
    'Здравствуйте, Марина Сергеевна!',
  );
  await expect(read.getByRole('button', { name: 'Новый шаблон' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Новый шаблон' }).click();
  await form.getByLabel('Сокращение').fill('ПРИВ');
  await expect(form.getByText('Такое сокращение уже есть у шаблона «Приветствие»')).toBeVisible();
  await form.getByRole('button', { name: 'Отмена' }).click();
  await page.getByRole('button', { name: 'Удалить' }).click();
  await confirm(admin, 'Удалить шаблон?', 'Удалить');
  await expect(read.getByText('На этом языке шаблонов ещё нет.')).toBeVisible();
});

test('articles from a CSV file in windows-1251 with broken lines', async () => {
  const good = Array.from(
    { length: 1200 },
    (_, at) => `Статья ${at};https://help.example.by/s/${at};слово ${at}`,
  );
  const bytes = encodeCp1251(
    [
      'Название;Ссылка;Ключевые слова',
      `Квота по-новому;${service.article.url};квота`,
      ...good,
      'Без ссылки;',
      '"Не закрыта кавычка;https://help.example.by/quote',
      'Повтор;https://help.example.by/s/7',
    ].join('\r\n'),
  );
  await admin.showPage('База знаний');
  const page = admin.page.getByRole('region', { name: 'База знаний' });
  await page.getByRole('button', { name: 'Загрузить из CSV' }).click();
  const chooser = admin.page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Выбрать файл' }).click();
  await (await chooser).setFiles({ name: 'статьи.csv', mimeType: 'text/csv', buffer: bytes });

  await expect(page.getByText('WINDOWS-1251, разделитель: точка с запятой')).toBeVisible();
  await expect(page.getByText('1200 новых статей')).toBeVisible();
  await expect(page.getByText('1 заменит прежнюю')).toBeVisible();
  await expect(page.getByText('3 строки с ошибками')).toBeVisible();
  const lines = page.getByRole('table', { name: 'Строки файла' });
  await expect(lines.getByRole('row', { name: /^1203/u })).toContainText('Ссылка не похожа на адрес');
  await expect(lines.getByRole('row', { name: /^1204/u })).toContainText('Не закрыты кавычки');
  await expect(lines.getByRole('row', { name: /^1205/u })).toContainText('Та же ссылка, что в строке 10');
  await page.getByRole('button', { name: 'Загрузить 1201 статью' }).click();
  await expect(page.getByText('Готово: загружено 1201 из 1201')).toBeVisible();
  await page.getByRole('button', { name: 'Закрыть' }).click();

  await anna.showPage('База знаний');
  const list = anna.page.getByRole('list', { name: 'Статьи базы знаний' });
  await anna.page.getByRole('searchbox').fill('слово 1199');
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await anna.page.getByRole('searchbox').fill('квота по-новому');
  await expect(list.getByRole('listitem')).toContainText('Квота по-новому');
});

test('a blocked sender opens no request until a senior agent lets them', async () => {
  const senders = await showSettings(anna, 'Заблокированные');
  await senders.getByRole('textbox', { name: 'Адрес' }).fill('spam@');
  await senders.getByRole('button', { name: 'Заблокировать' }).click();
  await expect(senders.getByText('Впишите адрес вида')).toBeVisible();
  await senders.getByRole('textbox', { name: 'Адрес' }).fill('Spam@Shop.example');
  await senders.getByLabel('Причина').fill('Рассылка');
  await senders.getByRole('button', { name: 'Заблокировать' }).click();
  await expect(senders.getByRole('row', { name: /spam@shop\.example/u })).toContainText('Рассылка');
  await expect(senders.getByRole('button', { name: /^Разблокировать/u })).toHaveCount(0);

  const from = 'Скидки <spam@shop.example>';
  await service.dovecot.deliver(clientLetter({ from, subject: 'Скидка сегодня', text: 'Купите' }).source);
  await service.dovecot.deliver(clientLetter({ subject: 'После рассылки', text: 'Вопрос' }).source);
  await admin.showPage('Очередь');
  await expect(admin.rows('После рассылки')).toBeVisible();
  await expect(admin.rows('Скидка сегодня')).toHaveCount(0);

  const seen = await showSettings(admin, 'Заблокированные');
  await seen.getByRole('button', { name: 'Разблокировать spam@shop.example' }).click();
  await confirm(admin, 'Разблокировать отправителя?', 'Разблокировать');
  await expect(senders.getByText('Никто не заблокирован.')).toBeVisible();
  await service.dovecot.deliver(clientLetter({ from, subject: 'Скидка завтра', text: 'Купите' }).source);
  await admin.showPage('Очередь');
  await expect(admin.rows('Скидка завтра')).toBeVisible();
});

test('two administrators change the same settings: nothing typed is lost', async () => {
  const common = await showSettings(admin, 'Служба');
  const staff = await showSettings(admin, 'Сотрудники');
  await staff.getByRole('button', { name: 'Изменить: Анна Иванова' }).click();
  const member = admin.page.getByRole('dialog', { name: 'Изменить: Анна Иванова' });
  await member.getByRole('combobox', { name: 'Роль' }).click();
  await admin.page.getByRole('option', { name: 'Администратор' }).click();
  await member.getByRole('button', { name: 'Сохранить' }).click();

  const hers = await showSettings(anna, 'Служба');
  await showSettings(admin, 'Служба');
  await common.getByLabel('Сколько секунд').fill('5');
  await hers.getByLabel('Сколько секунд').fill('61');
  await hers.getByRole('button', { name: 'Сохранить' }).click();
  await expect(hers.getByText('Нужно целое число от 0 до 60.')).toBeVisible();
  await hers.getByLabel('Сколько секунд').fill('20');
  await hers.getByRole('button', { name: 'Сохранить' }).click();
  await expect(common.getByText('Пока вы меняли, эти настройки изменил кто-то другой.')).toBeVisible();
  await expect(common.getByLabel('Сколько секунд')).toHaveValue('5');
  await common.getByRole('button', { name: 'Взять их вариант' }).click();
  await expect(common.getByLabel('Сколько секунд')).toHaveValue('20');
  await common.getByLabel('Откуда обновляется').fill('http://stp.example.by/updates');
  await common.getByRole('button', { name: 'Сохранить' }).click();
  await expect(common.getByText('Без шифрования программу могли бы подменить')).toBeVisible();
});

test('a mailbox record that somebody else changed meanwhile is told of, and nothing typed is lost', async () => {
  const mailbox = await showSettings(admin, 'Почтовый ящик');
  const name = mailbox.getByLabel('Имя отправителя');
  await name.fill('Поддержка А');
  await service.changeMailbox(() => ({ displayName: 'Поддержка Б' }));
  const save = mailbox.getByRole('button', { name: 'Сохранить' });
  await save.click();
  await expect(mailbox.getByText('Пока вы меняли, запись изменил кто-то другой.')).toBeVisible();
  await expect(name).toHaveValue('Поддержка А');
  await save.click();
  await expect(admin.page.getByText('Настройки почты сохранены.')).toBeVisible();
  await expect(name).toHaveValue('Поддержка А');
});
