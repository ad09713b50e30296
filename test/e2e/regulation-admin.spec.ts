import { expect, test, type Locator } from '@playwright/test';
import { civilDateOf, datePartsOf, type EpochDay } from '#shared/calendar/civil-date.ts';
import { compileDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { findUnconfirmedYear } from '#shared/calendar/unconfirmed-year.ts';
import { defaultCategories } from '#shared/regulation/category.ts';
import { defaultProfile } from '#shared/regulation/default-profile.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import { askApi } from '#test/fakes/call-api.ts';
import { Agent } from './agent.ts';
import { clientLetter } from './client-letter.ts';
import { startService, type Service } from './start-service.ts';
import { wear } from './wear.ts';

let service: Service;
let admin: Agent;
/** A second desk, which counts by what the administrator sets. */
let anna: Agent;

const subject = 'Не открывается сайт';
const calendar = compileDefaultCalendar();
const time = calendar.workingTime(0);

test.beforeAll(async () => {
  test.setTimeout(180_000);
  service = await startService();
  admin = await Agent.arrive(service, service.admin);
  anna = await Agent.arrive(service, service.agents[0]);
  await service.dovecot.deliver(clientLetter({ subject, text: 'Помогите.' }).source);
  await expect(anna.rows(subject)).toBeVisible();
});

test.afterAll(async () => {
  await service.stop();
});

// One desk waits for another here; a later test goes on where an earlier one left the regulation.
test.describe.configure({ mode: 'serial' });

async function showSettings(tab: string): Promise<Locator> {
  await admin.showPage('Настройки');
  await admin.page.getByRole('tab', { name: tab }).click();
  return admin.page.getByRole('tabpanel', { name: tab });
}

/** The question whose deadlines move; it is there once they are counted. */
async function movedDialog(): Promise<Locator> {
  const dialog = admin.page.getByRole('dialog', { name: 'Чьи сроки сдвинутся' });
  await expect(dialog.getByText(/^Ответа жд/u)).toBeVisible();
  return dialog;
}

async function putIntoForce(): Promise<void> {
  const dialog = await movedDialog();
  await dialog.getByRole('button', { name: 'Ввести в действие' }).click();
  await expect(dialog).toBeHidden();
}

/** The n-th working day after today, as the shipped calendar has it. */
function workingDay(n: number): EpochDay {
  return time.nthWorkingDayAfter(time.dayOf(Date.now()), n);
}

/** When that day's work ends, as the desk writes it. */
function closingOf(day: EpochDay): string {
  return formatMoment(time.closingOf(day) ?? 0);
}

function chooseFile(page: Locator, content: unknown): Promise<void> {
  const buffer = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
  const chooser = admin.page.waitForEvent('filechooser');
  return page
    .getByRole('button', { name: 'Загрузить из файла' })
    .click()
    .then(async () => (await chooser).setFiles({ name: 'файл.json', mimeType: 'application/json', buffer }));
}

test('a longer reaction time is shown with the tickets that it moves, and holds on the other desk', async () => {
  const page = await showSettings('Регламент');
  await expect(page.getByText('Действует регламент из поставки программы')).toBeVisible();
  const save = page.getByRole('button', { name: 'Проверить и сохранить' });
  await expect(save).toBeDisabled();
  const days = page.getByLabel('Рабочих дней до срока');
  await days.fill('');
  await save.click();
  await expect(days).toHaveAttribute('data-error', 'true');
  await expect(days).toBeFocused();
  await days.fill('4');
  await save.click();

  const dialog = await movedDialog();
  await expect(dialog.getByText('Сдвинется срок 1 заявки.')).toBeVisible();
  const row = dialog.getByRole('table', { name: 'Заявки, чьи сроки сдвинутся' }).getByRole('row').nth(1);
  await expect(row).toContainText(closingOf(workingDay(3)));
  await expect(row).toContainText(closingOf(workingDay(4)));
  await dialog.getByRole('button', { name: 'Отмена' }).click();
  await expect(days).toHaveValue('4');
  await save.click();
  await putIntoForce();
  await expect(page.getByText(/^Редакция 1, действует с /u)).toBeVisible();
  await expect(save).toBeDisabled();

  await anna.open(subject);
  await expect(anna.ticket).toContainText(closingOf(workingDay(4)));
});

test('a letter with a slot that nothing fills is refused at its field, in its language', async () => {
  const page = await showSettings('Регламент');
  await page.getByText(/^1\. В обращении нет необходимой информации/u).click();
  const reason = page.getByRole('group', { name: 'В обращении нет необходимой информации' });
  const text = reason.getByLabel('Письмо клиенту');
  await reason.getByText('Беларуская', { exact: true }).click();
  await text.fill('Дашліце {{nothing}} да {{lookAgain}}.');
  await reason.getByText('Русский', { exact: true }).click();
  await page.getByRole('button', { name: 'Проверить и сохранить' }).click();
  await expect(reason.getByText('В тексте есть поле, которого у этой причины нет.')).toBeVisible();
  await expect(text).toHaveValue('Дашліце {{nothing}} да {{lookAgain}}.');
  await expect(text).toBeFocused();
  await text.fill('Дашліце {{missing}}.');
  await page.getByRole('button', { name: 'Проверить и сохранить' }).click();
  await expect(reason.getByText(/^На разных языках клиенту сообщают разное/u)).toBeVisible();

  const notice = page.getByRole('row', { name: /Уведомление/u });
  await page.getByRole('button', { name: 'Вернуть как было' }).click();
  await notice.getByRole('checkbox', { name: /закрывает при молчании$/u }).check();
  await page.getByRole('button', { name: 'Проверить и сохранить' }).click();
  await expect(page.getByText(/^Такой ответ закрывал бы заявки/u).first()).toBeVisible();
  await page.getByRole('button', { name: 'Вернуть как было' }).click();
  await expect(notice.getByRole('checkbox', { name: /закрывает при молчании$/u })).not.toBeChecked();
});

test('another administrator was faster: nothing typed is lost', async () => {
  const page = await showSettings('Регламент');
  const hours = page.getByLabel('Закрывать через столько часов молчания');
  await hours.fill('72');
  await page.getByRole('button', { name: 'Проверить и сохранить' }).click();
  const dialog = await movedDialog();
  const { accessToken } = await askApi(service.api.url, 'logIn', null, {
    body: { login: service.admin.login, password: service.admin.password },
  });
  await askApi(service.api.url, 'putRegulation', accessToken, {
    body: {
      revision: 1,
      profile: {
        ...defaultProfile,
        version: 'theirs',
        closing: { ...defaultProfile.closing, reopenWithinDays: 14 },
      },
      categories: [...defaultCategories],
      calendar: calendar.calendar,
    },
  });
  await expect(page.getByText('Пока вы меняли, это изменил кто-то другой.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Ввести в действие' }).click();
  await expect(page.getByText('Пока вы меняли, регламент изменил кто-то другой.')).toBeVisible();
  await expect(hours).toHaveValue('72');
  await page.getByRole('button', { name: 'Взять их вариант' }).click();
  await expect(hours).toHaveValue('48');
  await expect(page.getByLabel('Снова открывать в течение стольких дней')).toHaveValue('14');
});

test('what is not saved is kept while one looks elsewhere, marked, and asked about on the way out', async () => {
  const page = await showSettings('Регламент');
  const hours = page.getByLabel('Закрывать через столько часов молчания');
  await hours.fill('60');
  const calendarPage = await showSettings('Календарь');
  const friday = calendarPage.getByLabel('Пятница');
  const before = await friday.inputValue();
  await friday.fill('09:00-15:00');
  const tab = (name: string) => admin.page.getByRole('tab', { name });
  const mark = /есть несохранённые изменения$/u;
  await expect(tab('Регламент')).toHaveAccessibleName(mark);
  await expect(tab('Календарь')).toHaveAccessibleName(mark);
  await expect(tab('Сотрудники')).not.toHaveAccessibleName(mark);

  await admin.showPage('Очередь');
  await admin.open(subject);
  const settings = admin.page
    .getByRole('navigation', { name: 'Страницы' })
    .getByRole('button', { name: /^Настройки/u });
  await expect(settings).toHaveAccessibleName(mark);
  await showSettings('Регламент');
  await expect(hours).toHaveValue('60');
  await hours.fill('48');
  // As it was: nothing to save.
  await expect(tab('Регламент')).not.toHaveAccessibleName(mark);
  await hours.fill('60');

  await admin.logOut();
  const question = admin.page.getByRole('dialog', { name: 'Выйти без сохранения?' });
  await expect(question).toContainText('В настройках не сохранено: «Регламент», «Календарь».');
  await question.getByRole('button', { name: 'Отмена' }).click();
  await page.getByRole('button', { name: 'Вернуть как было' }).click();
  await expect(hours).toHaveValue('48');
  await showSettings('Календарь');
  await expect(friday).toHaveValue('09:00-15:00');
  await calendarPage.getByRole('button', { name: 'Вернуть как было' }).click();
  await expect(friday).toHaveValue(before);
  await expect(settings).not.toHaveAccessibleName(mark);
});

test('a broken file changes nothing and says where it is broken', async () => {
  const page = await showSettings('Регламент');
  const file = page.getByRole('region', { name: 'Файл регламента' });
  const { calendar: plain } = calendar;
  const [hours] = plain.weeklyHours.monday;
  const bad: [unknown, string][] = [
    ['{"profile":', 'Это не файл JSON. Ничего не изменено.'],
    [{ profile: defaultProfile }, 'Значение не подходит'],
    [
      {
        profile: {
          ...defaultProfile,
          answerKinds: [
            ...defaultProfile.answerKinds,
            { kind: 'shrug', stopsClock: true, armsClosing: false },
          ],
        },
        categories: defaultCategories,
        calendar: plain,
      },
      '/profile/answerKinds/7: Такого вида ответа программа не знает. Ничего не изменено.',
    ],
    [
      {
        profile: defaultProfile,
        categories: defaultCategories,
        calendar: { ...plain, weeklyHours: { ...plain.weeklyHours, monday: [hours, hours] } },
      },
      '/calendar/weeklyHours/monday: Часы одного дня пересекаются. Ничего не изменено.',
    ],
  ];
  for (const [content, words] of bad) {
    await chooseFile(file, content);
    await expect(file.getByRole('alert')).toContainText(words);
  }
  await chooseFile(file, {
    profile: { ...defaultProfile, version: 'file' },
    categories: defaultCategories,
    calendar: plain,
  });
  await expect(file.getByRole('alert')).toHaveCount(0);
  await putIntoForce();
  await expect(page.getByText(/^Редакция 3, действует с /u)).toBeVisible();
  await expect(anna.ticket).toContainText(closingOf(workingDay(3)));
});

test('a day is closed by keyboard; what cannot be is refused at its field', async () => {
  const page = await showSettings('Календарь');
  const closed = workingDay(1);
  const today = page.locator(`[data-date="${civilDateOf(time.dayOf(Date.now()))}"]`);
  await today.focus();
  for (let day = time.dayOf(Date.now()); day < closed; day++) await admin.page.keyboard.press('ArrowRight');
  await admin.page.keyboard.press('Enter');
  const dialog = admin.page.getByRole('dialog');
  const form = dialog.getByRole('form', { name: 'День календаря' });
  const kind = form.getByRole('combobox', { name: 'Что это за день' });
  await expect(kind).toBeFocused();
  const choose = async (name: string) => {
    await kind.click();
    await admin.page.getByRole('option', { name }).click();
  };
  await choose('Свои часы работы');
  await form.getByLabel('Часы работы').fill('09:00-13:00, 12:00-18:00');
  await form.getByLabel('Источник').fill('Приказ № 5');
  await form.getByRole('button', { name: 'Принять' }).click();
  await expect(form.getByText('Часы одного дня пересекаются.')).toBeVisible();
  await expect(form.getByLabel('Часы работы')).toBeFocused();
  await choose('Выходной: работа перенесена');
  await form.getByLabel('Когда отработают').fill('07.01.2026');
  await form.getByRole('button', { name: 'Принять' }).click();
  await expect(form.getByText('Этот день праздничный')).toBeVisible();
  await choose('Служба закрыта');
  await form.getByRole('button', { name: 'Принять' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator(`[data-date="${civilDateOf(closed)}"]`)).toHaveAccessibleName(/служба закрыта/u);

  await page.getByRole('button', { name: 'Проверить и сохранить' }).click();
  const moved = await movedDialog();
  await expect(moved.getByRole('row').nth(1)).toContainText(closingOf(workingDay(4)));
  await putIntoForce();
  await expect(anna.ticket).toContainText(closingOf(workingDay(4)));
});

test('a calendar from a file is looked at before it is saved, and a broken one is refused', async () => {
  const page = await showSettings('Календарь');
  const file = page.getByRole('region', { name: 'Файл календаря' });
  const { calendar: plain } = calendar;
  await chooseFile(file, {
    ...plain,
    movedDays: [
      ...plain.movedDays,
      { dayOff: '2026-01-07', workedOn: '2026-01-10', source: 'x', status: 'confirmed' },
    ],
  });
  await expect(file.getByRole('alert')).toContainText(
    `/movedDays/${plain.movedDays.length}/dayOff: Этот день праздничный`,
  );
  await expect(page.getByRole('button', { name: 'Проверить и сохранить' })).toBeDisabled();
  await chooseFile(file, { ...plain, version: 'by-file' });
  await page.getByRole('button', { name: 'Проверить и сохранить' }).click();
  await putIntoForce();
  await expect(page.getByText('Версия by-file.')).toBeVisible();
  await expect(anna.ticket).toContainText(closingOf(workingDay(3)));
});

test('a year that nobody confirmed is warned of until it is confirmed', async () => {
  const { calendar: plain } = calendar;
  const { year } = datePartsOf(time.dayOf(Date.now()));
  const warning = /^Календарь \d{4} года не подтверждён/u;
  const loud = `Календарь ${year} года не подтверждён, а от него уже зависят сроки.`;
  // From September to November the next year, which ships unconfirmed, is warned of in the status line.
  const usual = findUnconfirmedYear(Date.now(), plain, time)?.urgency === undefined ? 0 : 1;
  await expect(admin.page.getByText(warning)).toHaveCount(usual);

  const page = await showSettings('Календарь');
  const years = plain.years.map((listed) =>
    listed.year === year ? { ...listed, status: 'provisional' } : listed,
  );
  await chooseFile(page.getByRole('region', { name: 'Файл календаря' }), {
    ...plain,
    version: 'unconfirmed',
    years,
  });
  await page.getByRole('button', { name: 'Проверить и сохранить' }).click();
  await putIntoForce();
  await expect(admin.page.getByText(loud)).toBeVisible();
  await expect(anna.ticket.getByText('(предварительно)')).toBeVisible();
  // Those who cannot do anything about it are left alone.
  await expect(anna.page.getByText(warning)).toHaveCount(0);

  await page.getByRole('button', { name: `Подтвердить ${year} год` }).click();
  const dialog = admin.page.getByRole('dialog', { name: `Подтвердить ${year} год` });
  await dialog.getByRole('button', { name: 'Принять' }).click();
  await expect(dialog.getByText('Назовите источник.')).toBeVisible();
  await dialog.getByLabel('Источник').fill('Постановление № 7');
  await dialog.getByRole('button', { name: 'Принять' }).click();
  await page.getByRole('button', { name: 'Проверить и сохранить' }).click();
  await putIntoForce();
  await expect(admin.page.getByText(warning)).toHaveCount(usual);
  await expect(anna.ticket.getByText('(предварительно)')).toBeHidden();
});

test('the proof of a deadline is read, printed and copied', async () => {
  const { page } = anna;
  await anna.ticket.getByRole('button', { name: /до .+ \d\d:\d\d/u }).click();
  const dialog = page.getByRole('dialog', { name: 'Как получен срок ответа' });
  const days = dialog.getByRole('table', { name: 'Расчёт по дням' });
  await expect(days.getByRole('row', { name: /День поступления: не считается ГК, ст\. 192/u })).toBeVisible();
  await expect(days.getByRole('row', { name: /Рабочий день 3 Регламент, разд\. 3/u })).toBeVisible();
  await expect(dialog.getByText(/^Регламент: редакция \d+ \(.+\), действует с /u)).toBeVisible();
  await expect(dialog.getByText('Ответа пока нет, срок не истёк.')).toBeVisible();
  await expect(dialog.getByText(/^Срок пересчитан .+ по редакции 1: был /u)).toBeVisible();

  // The pages may write the clipboard and never read it, so that what goes there is caught on its way.
  await page.evaluate(() => {
    const keep = ({ clipboardData }: ClipboardEvent) => {
      if (clipboardData === null) return;
      clipboardData.setData = (_, text) => {
        document.body.dataset['copied'] = text;
      };
    };
    window.addEventListener('copy', keep, { capture: true, once: true });
  });
  await dialog.getByRole('button', { name: 'Скопировать как JSON' }).click();
  await expect(dialog.getByRole('button', { name: 'Скопировано' })).toBeVisible();
  const copied = JSON.parse((await page.locator('body').getAttribute('data-copied')) ?? '') as {
    periods: { ledger: { kind: string }[]; standing: string }[];
  };
  await page.keyboard.press('Escape');
  expect(copied.periods).toHaveLength(1);
  expect(copied.periods[0]?.standing).toBe('waiting');
  expect(copied.periods[0]?.ledger.filter(({ kind }) => kind === 'counted')).toHaveLength(3);
});

test('the sheet stands alone on paper, with the answer that came in time', async () => {
  const { page } = anna;
  await anna.writeAnswer('Исправили.');
  await anna.sendAnswer();
  await expect(anna.ticket.getByText('Ответ не ожидается')).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('i');
  const dialog = page.getByRole('dialog', { name: 'Как получен срок ответа' });
  await expect(dialog.getByText(/^Ответ отправлен .+: в срок\.$/u)).toBeVisible();
  await page.evaluate(() => {
    window.print = () => {
      document.body.dataset['printed'] = 'yes';
    };
  });
  await dialog.getByRole('button', { name: 'Напечатать расчёт' }).click();
  await expect(page.locator('body[data-printed]')).toHaveCount(1);
  const sheet = page.getByRole('article', { name: /^Расчёт срока ответа по заявке № \d+$/u });
  await expect(sheet).toBeHidden();
  await wear(page, { colorScheme: 'dark' });
  await page.emulateMedia({ media: 'print' });
  await expect(sheet).toBeVisible();
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'light');
  await expect(sheet).toContainText('ООО «Белинфопортал»');
  await expect(sheet).toContainText('Гражданский кодекс Республики Беларусь, статья 192');
  await expect(sheet.getByRole('table', { name: 'Расчёт по дням' })).toBeVisible();
  await expect(dialog).toBeHidden();
  await expect(anna.queue).toBeHidden();
  await page.emulateMedia({ media: null });
  await page.keyboard.press('Escape');
});

test('a letter that could not be read waits until somebody has looked at it', async () => {
  const { accessToken } = await askApi(service.api.url, 'logIn', null, {
    body: { login: service.admin.login, password: service.admin.password },
  });
  await askApi(service.api.url, 'ingestQuarantine', accessToken, {
    body: {
      location: { folder: 'inbox', uidValidity: '1', uid: 4711 },
      receivedAt: Date.now() - 60_000,
      reason: 'unreadable',
    },
  });
  const words = { name: '1 письмо не прочитано' };
  await expect(admin.status.getByRole('button', words)).toBeVisible();
  await anna.status.getByRole('button', words).click();
  const list = anna.page.getByRole('list', { name: 'Непрочитанные письма' });
  await expect(list.getByRole('listitem')).toContainText('Входящие');
  await list.getByRole('button', { name: /^Просмотрено письмо от / }).click();
  await expect(anna.status.getByRole('button', words)).toBeHidden();
  await expect(admin.status.getByRole('button', words)).toBeHidden();
});
