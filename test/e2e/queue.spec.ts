import { expect, test, type Locator } from '@playwright/test';
import { v7 as newUuid } from 'uuid';
import type { OperationId, TicketId } from '#shared/ids.ts';
import { formatToken } from '#shared/mail/subject.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { askApi } from '#test/fakes/call-api.ts';
import { Agent } from './agent.ts';
import { startService, type Service } from './start-service.ts';

const dayMs = 24 * 3_600_000;

let service: Service;
let anna: Agent;
/** Of the colleague. */
let accessToken: string;

type Intent = Operation extends infer O
  ? O extends Operation
    ? Omit<O, 'id' | 'ticketId' | 'madeAt'>
    : never
  : never;

interface Call {
  readonly subject: string;
  readonly name: string;
  readonly phone: string;
  readonly daysAgo: number;
  readonly done?: readonly Intent[];
}

/** A colleague's calls, oldest first, and what was done about them. */
const calls: readonly Call[] = [
  { subject: 'Сервер не отвечает с утра', name: 'Яна Ёлкина', phone: '+375 (17) 200-10-20', daysAgo: 30 },
  {
    subject: 'Продлить домен гимназии',
    name: 'Алесь Міцкевіч',
    phone: '8 029 123-45-67',
    daysAgo: 12,
    done: [
      { kind: 'classify-ticket', category: 'domain-names' },
      { kind: 'tag-ticket', add: ['гимназии'], remove: [] },
    ],
  },
  {
    subject: 'Пропали оценки за четверть',
    name: 'Борис Громов',
    phone: '',
    daysAgo: 0.02,
    done: [{ kind: 'set-criticality', critical: true, reason: 'конец четверти' }],
  },
  {
    subject: 'Как выгрузить отчёт',
    name: 'Вера Дроздова',
    phone: '',
    daysAgo: 0.015,
    done: [{ kind: 'snooze-ticket', until: Date.now() + 2 * dayMs }],
  },
  {
    subject: 'Ошибка при входе учителя',
    name: 'Глеб Жуков',
    phone: '',
    daysAgo: 0.01,
    done: [{ kind: 'escalate-ticket', escalated: true, reference: 'DEV-17' }],
  },
  {
    subject: 'Спам в форме обратной связи',
    name: 'Дарья Зуева',
    phone: '',
    daysAgo: 0.005,
    done: [{ kind: 'close-ticket', outcome: 'not-a-request', reason: 'реклама' }],
  },
];

test.beforeAll(async () => {
  test.setTimeout(180_000);
  service = await startService();
  const [ivanova, petrov] = service.agents;
  ({ accessToken } = await askApi(service.api.url, 'logIn', null, {
    body: { login: petrov.login, password: petrov.password },
  }));
  for (const call of calls) await takeCall(call);
  anna = await Agent.arrive(service, ivanova);
  await expect(section('Все открытые')).toContainText('5');
});

test.afterAll(async () => {
  await service.stop();
});

/** The colleague has a call and does something about it. */
async function takeCall({ subject, name, phone, daysAgo, done = [] }: Call): Promise<void> {
  const ticketId = newUuid() as TicketId;
  const head = () => ({ id: newUuid() as OperationId, ticketId, madeAt: Date.now() - daysAgo * dayMs });
  const token = formatToken(crypto.getRandomValues(new Uint8Array(5)));
  const client = { name, address: '', phone };
  const operations: Operation[] = [
    { ...head(), kind: 'create-ticket', token, channel: 'phone', subject, client },
    ...done.map((intent) => ({ ...head(), ...intent, madeAt: Date.now() })),
  ];
  const { answers } = await askApi(service.api.url, 'pushOperations', accessToken, { body: { operations } });
  expect(answers.filter(({ outcome }) => outcome !== 'applied')).toEqual([]);
}

function section(name: string): Locator {
  return anna.queue.getByRole('button', { name: new RegExp(`^${name}`, 'u') });
}

function search(): Locator {
  return anna.queue.getByRole('searchbox', { name: 'Поиск заявок' });
}

/** The subjects listed at present, in their order. */
async function expectListed(...subjects: readonly string[]): Promise<void> {
  await expect(anna.queue.getByRole('option')).toHaveText(
    subjects.map((subject) => new RegExp(subject, 'u')),
  );
}

async function chooseOrder(words: string): Promise<void> {
  const menu = anna.queue.getByRole('button', { name: /^Порядок: /u });
  await menu.click();
  await anna.page.getByRole('menuitemradio', { name: words }).click();
  await expect(menu).toBeFocused();
}

test('sections count what belongs to them, and Alt with a digit shows them', async () => {
  for (const [name, count] of [
    ['Ждут ответа', 4],
    ['Просрочены', 2],
    ['Критичные', 1],
    ['Мои', 0],
    ['Ждём клиента', 0],
    ['У разработчиков', 1],
    ['Отложены', 1],
    ['Все открытые', 5],
    ['Закрытые', 1],
  ] as const) {
    await expect(section(name)).toHaveText(`${name}${count}`);
  }
  await anna.page.keyboard.press('Alt+2');
  await expect(section('Просрочены')).toHaveAttribute('aria-current', 'true');
  await expectListed('Сервер не отвечает', 'Продлить домен');
  await expect(anna.rows('Сервер не отвечает')).toContainText(/Просрочено.*на \d+ раб\. д/u);
  await anna.page.keyboard.press('Alt+5');
  await expect(anna.queue).toContainText('За вами нет ни одной заявки');
  await anna.page.keyboard.press('Alt+1');
  await expectListed('Пропали оценки', 'Сервер не отвечает', 'Продлить домен', 'Ошибка при входе');
});

test('rows say what a ticket is, in words', async () => {
  await anna.page.keyboard.press('Alt+9');
  await expect(anna.rows('Пропали оценки')).toContainText('Критичная');
  await expect(anna.rows('Продлить домен')).toContainText('Доменные имена');
  await expect(anna.rows('Как выгрузить отчёт')).toContainText('Отложена до');
  await expect(anna.rows('Ошибка при входе')).toContainText('У разработчиков');
  const row = anna.rows('Сервер не отвечает');
  await expect(row).toContainText('Яна Ёлкина');
  await expect(row).toContainText('Звонок');
  await expect(row).toHaveAttribute('aria-setsize', '5');
});

test('the search finds by words, number and phone, everywhere', async () => {
  await anna.page.keyboard.press('Alt+5');
  await anna.page.keyboard.press('/');
  await expect(search()).toBeFocused();
  for (const [text, ...found] of [
    ['елкина', 'Сервер не отвечает'],
    ['мицкевич домен', 'Продлить домен'],
    ['+375 29 1234567', 'Продлить домен'],
    ['8(017)2001020', 'Сервер не отвечает'],
    ['реклам'],
    ['спам', 'Спам в форме'],
    ['четверть ГРОМОВ', 'Пропали оценки'],
  ] as const) {
    await search().fill(text);
    if (found.length === 0) await expect(anna.queue).toContainText('Ничего не нашлось.');
    else await expectListed(...found);
  }
  const number = (await anna.rows('Пропали оценки').innerText()).match(/№ (\d+)/u)?.[1] ?? '';
  await search().fill(`#${number}`);
  await expectListed('Пропали оценки');

  // In one section only.
  await search().fill('о');
  await anna.queue.getByRole('button', { name: 'Только в разделе «Мои»' }).click();
  await expect(anna.queue).toContainText('Ничего не нашлось.');
  await anna.queue.getByRole('button', { name: 'Сбросить поиск и фильтр' }).click();
  await expect(search()).toHaveValue('');
  await expect(anna.queue).toContainText('За вами нет ни одной заявки');
});

test('Escape leaves the search and the list has the keyboard again', async () => {
  await anna.page.keyboard.press('Alt+9');
  await anna.page.keyboard.press('/');
  await search().fill('сервер');
  await expectListed('Сервер не отвечает');
  await search().press('Escape');
  await expect(search()).toHaveValue('');
  await expect(search()).toBeFocused();
  await search().press('Escape');
  await expect(anna.queue.getByRole('listbox')).toBeFocused();
});

test('filters narrow the list and are taken away one by one', async () => {
  await anna.page.keyboard.press('Alt+9');
  await anna.queue.getByRole('button', { name: 'Фильтр', exact: true }).click();
  const form = anna.page.getByRole('form', { name: 'Фильтр заявок' });
  await form.getByLabel('Вид работ').selectOption({ label: 'Доменные имена' });
  await form.getByLabel('Как обратились').selectOption({ label: 'Звонок' });
  await form.getByRole('button', { name: 'Готово' }).click();
  await expectListed('Продлить домен');
  await expect(anna.queue.getByText('1 заявка', { exact: true }).first()).toBeVisible();
  await anna.queue.getByRole('button', { name: 'Убрать: Доменные имена' }).click();
  await expect(anna.queue.getByRole('option')).toHaveCount(5);
  await anna.queue.getByRole('button', { name: 'Убрать: Звонок' }).click();
  await anna.queue.getByRole('button', { name: 'Фильтр', exact: true }).click();
  await form.getByLabel('Метка').selectOption({ label: 'гимназии' });
  await form.getByRole('button', { name: 'Готово' }).click();
  await expectListed('Продлить домен');
  await anna.queue.getByRole('button', { name: 'Убрать: #гимназии' }).click();
  await expect(anna.queue.getByRole('group', { name: 'Список ограничен' })).toBeHidden();
});

test('the list is put into another order, and keys walk it', async () => {
  await anna.page.keyboard.press('Alt+9');
  await chooseOrder('По клиенту');
  const byClient = ['Продлить', 'Пропали', 'Как выгрузить', 'Ошибка', 'Сервер'];
  await expectListed(...byClient);
  await chooseOrder('Сначала новые');
  await expectListed('Ошибка', 'Как выгрузить', 'Пропали', 'Продлить', 'Сервер');
  await chooseOrder('По клиенту');
  await expectListed(...byClient);

  const list = anna.queue.getByRole('listbox');
  await list.focus();
  const cursor = async (words: string) => {
    const id = await anna.rows(words).getAttribute('id');
    await expect(list).toHaveAttribute('aria-activedescendant', id ?? '');
  };
  await anna.page.keyboard.press('j');
  await cursor('Пропали');
  await anna.page.keyboard.press('End');
  await cursor('Сервер');
  await anna.page.keyboard.press('k');
  await cursor('Ошибка');
  await anna.page.keyboard.press('Enter');
  await expect(anna.ticket).toContainText('Ошибка при входе учителя');
  await expect(anna.rows('Ошибка')).toHaveAttribute('aria-selected', 'true');

  // The next one of this list, in this order.
  await anna.page.keyboard.press(']');
  await expect(anna.ticket).toContainText('Сервер не отвечает с утра');
  await cursor('Сервер');
  await anna.page.keyboard.press('Escape');
  await chooseOrder('По очереди');
});

test('a ticket that a colleague takes away leaves the cursor where it was', async () => {
  await anna.page.keyboard.press('Alt+1');
  await expectListed('Пропали оценки', 'Сервер не отвечает', 'Продлить домен', 'Ошибка при входе');
  const list = anna.queue.getByRole('listbox');
  await list.focus();
  await anna.page.keyboard.press('j');
  await anna.page.keyboard.press('j');
  await anna.page.keyboard.press('Enter');
  await expect(anna.rows('Продлить домен')).toHaveAttribute('aria-selected', 'true');
  await list.focus();
  await anna.page.keyboard.press('c');
  await expect(section('Мои')).toHaveText('Мои1');
  await expect(anna.rows('Продлить домен')).toContainText('У вас');
  await expect(list).toHaveAttribute(
    'aria-activedescendant',
    (await anna.rows('Продлить домен').getAttribute('id')) ?? '',
  );
});

test('the list keeps the keyboard when its last ticket leaves it', async () => {
  await anna.page.keyboard.press('Alt+5');
  await expectListed('Продлить домен');
  await anna.queue.getByRole('listbox').focus();
  await anna.page.keyboard.press('Shift+KeyC');
  await expect(anna.queue).toContainText('За вами нет ни одной заявки');
  const hasKeyboard = () => anna.queue.evaluate((queue) => queue.contains(document.activeElement));
  await expect.poll(hasKeyboard).toBe(true);
});

test('a button takes whose turn it is, and says why it cannot once nobody waits', async () => {
  await anna.page.keyboard.press('Alt+1');
  const serveNext = anna.queue.getByRole('button', { name: 'Следующая по очереди' });
  await serveNext.hover();
  await expect(anna.page.getByRole('tooltip')).toHaveText(/^Взять следующую по очереди/u);
  for (const subject of ['Пропали оценки', 'Сервер не отвечает', 'Продлить домен', 'Ошибка при входе']) {
    await expect(serveNext).not.toHaveAttribute('aria-disabled');
    await serveNext.click();
    await expect(anna.ticket).toContainText(subject);
    await expect(anna.rows(subject)).toContainText('У вас');
  }
  await expect(serveNext).toHaveAttribute('aria-disabled', 'true');
  await expect(serveNext).toHaveAccessibleDescription('Свободных заявок, ждущих ответа, нет.');
});

test('the ticket that was pressed opens, even when the list moves before the button is let go', async () => {
  await anna.page.keyboard.press('Escape');
  await anna.page.keyboard.press('Alt+9');
  await expectListed('Пропали', 'Сервер', 'Продлить', 'Как выгрузить', 'Ошибка');
  await anna.rows('Сервер').hover();
  await anna.page.mouse.down();
  await takeCall({
    subject: 'Сайт взломан',
    name: 'Злата Иванова',
    phone: '',
    daysAgo: 40,
    done: [{ kind: 'set-criticality', critical: true, reason: 'взлом' }],
  });
  await expectListed('Сайт взломан', 'Пропали', 'Сервер', 'Продлить', 'Как выгрузить', 'Ошибка');
  await anna.page.mouse.up();
  await expect(anna.ticket).toContainText('Сервер не отвечает с утра');
});
