import { expect, test, type Locator } from '@playwright/test';
import PostalMime from 'postal-mime';
import type { Clock } from '#shared/clock.ts';
import { Agent } from './agent.ts';
import { assertQuietLogs } from './assert-quiet-logs.ts';
import { bounceLetter } from './bounce-letter.ts';
import { clientLetter } from './client-letter.ts';
import { startService, type Service } from './start-service.ts';

/** A moment in Minsk, `2026-04-17 10:00`. */
const minsk = (local: string): number => Date.parse(`${local.replace(' ', 'T')}:00+03:00`);

/** Goes on by itself, and can be put forward: desks follow the API's clock, so their whole week does. */
class PutForward implements Clock {
  #aheadMs = 0;

  now(): number {
    return Date.now() + this.#aheadMs;
  }

  to(local: string): void {
    this.#aheadMs = minsk(local) - Date.now();
  }
}

/*
 * From Friday 17.04.2026 to Saturday 25.04.2026: Monday the 20th is a day off that is worked on Saturday the 25th, and
 * Tuesday the 21st is a holiday (Radonitsa).
 */
const clock = new PutForward();
let service: Service;
let anna: Agent;

const subjects = {
  news: 'Не открывается раздел новостей',
  broken: 'Сайт взломан',
  editor: 'Добавьте редактора',
  sunday: 'Вопрос в воскресенье',
} as const;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  clock.to('2026-04-17 11:30');
  service = await startService({}, clock);
  anna = await Agent.arrive(service, service.agents[0]);
});

test.afterAll(async () => {
  await service.stop();
});

async function deliver(
  address: string,
  subject: string,
  receivedAt: string,
  thread: { readonly inReplyTo?: string } = {},
): Promise<string> {
  const letter = clientLetter({
    from: `Клиент <${address}>`,
    subject,
    text: 'Помогите, пожалуйста.\r\n',
    ...thread,
  });
  await service.dovecot.deliver(letter.source, { internalDate: new Date(minsk(receivedAt)) });
  return letter.messageId;
}

const dialog = (name: string): Locator => anna.page.getByRole('dialog', { name });

/** The ticket's sentences: history and closing line. */
async function expectHistory(words: RegExp): Promise<void> {
  await expect(anna.ticket.getByText(words).first()).toBeVisible();
}

/** Writes an answer of a kind, sends it, and gives its Message-ID as the client's server saw it. */
async function answer(kind: string | null, text: string): Promise<string> {
  const before = service.smtp.accepted.length;
  if (text !== '') await anna.writeAnswer(text);
  if (kind !== null) {
    await anna.composer.getByRole('combobox', { name: 'Вид ответа' }).click();
    await anna.page.getByRole('option', { name: kind }).click();
  }
  await anna.sendAnswer();
  await expect.poll(() => service.smtp.accepted.length).toBe(before + 1);
  const sent = await PostalMime.parse(service.smtp.accepted[before]?.source ?? '');
  await expect(anna.ticket.getByText('Ждём клиента', { exact: true })).toBeVisible();
  return sent.messageId ?? '';
}

test.describe.serial('a week over a holiday and a working Saturday', () => {
  let brokenAnswer = '';

  test('Friday: who is critical overtakes, and the history says whom', async () => {
    await deliver('news@school.example', subjects.news, '2026-04-17 10:00');
    await deliver('broken@school.example', subjects.broken, '2026-04-17 10:30');
    await deliver('editor@school.example', subjects.editor, '2026-04-17 11:00');
    await expect(anna.queue.getByRole('option')).toHaveCount(3);
    await expect(anna.queue.getByRole('option').first()).toContainText(subjects.news);
    // Received on Friday; Saturday, Sunday, the moved Monday and the holiday do not count.
    await expect(anna.rows(subjects.news)).toContainText('24.04');

    await anna.open(subjects.broken);
    await anna.page.keyboard.press('x');
    const form = dialog('Критичная заявка');
    await expect(form.getByText(/Обгонит 1 заявку/u)).toBeVisible();
    await form.getByLabel('Причина').fill('Сайт раздаёт вирусы');
    await form.getByRole('button', { name: 'Вне очереди' }).click();
    await expect(anna.queue.getByRole('option').first()).toContainText(subjects.broken);
    await expectHistory(/критичной: Сайт раздаёт вирусы вне очереди, раньше 1 заявки/u);

    brokenAnswer = await answer('Решение', 'Сайт восстановлен, пароли сменены.');
    await expect(
      anna.ticket.getByText(/Закроется 19\.04\.2026 11:3\d, если клиент не напишет/u),
    ).toBeVisible();
  });

  test('Friday: a solution is put off with one of the nine reasons, and comes back on its day', async () => {
    await anna.open(subjects.news);
    await anna.page.keyboard.press('b');
    await anna.page.keyboard.press('1');
    const form = dialog('Отложить решение или отказать');
    await form.getByLabel('Каких сведений не хватает').fill('адрес страницы');
    await form.getByRole('button', { name: 'через 3 рабочих дня' }).click();
    await expect(form.getByText('пт 24.04.2026')).toBeVisible();
    await form.getByRole('button', { name: 'Записать и открыть письмо' }).click();
    await expect(anna.editor).toContainText('нам не хватает сведений: адрес страницы');
    await expect(anna.editor).toContainText('24.04.2026');
    await expect(anna.composer.getByRole('combobox', { name: 'Вид ответа' })).toHaveValue('Отложено');
    await answer(null, '');
    await expect(
      anna.ticket.getByText(/Отложена: В обращении нет необходимой информации/u).first(),
    ).toBeVisible();
    await expect(anna.ticket.getByText(/Закроется/u)).toBeHidden();
  });

  test('Friday: a question that bounces brings its ticket back, and says who did not get it', async () => {
    await anna.open(subjects.editor);
    const messageId = await answer('Запрос уточнений', 'Кого именно добавить и кто это разрешил?');
    await service.dovecot.deliver(
      Buffer.from(bounceLetter({ messageId, to: 'editor@school.example', from: service.address })),
      { internalDate: new Date(minsk('2026-04-17 11:40')) },
    );
    await expect(anna.ticket.getByText('Открыта', { exact: true })).toBeVisible();
    await expect(anna.ticket.getByText(/Ответ не доставлен/u).first()).toBeVisible();
    await expect(anna.ticket.getByText('такого адреса нет').first()).toBeVisible();
    // The reaction was given in time: the regulation counts until the answer is sent.
    await expect(anna.ticket.getByText('Ответ не ожидается')).toBeVisible();
  });

  test('Sunday: silence closes after 48 hours, but not before the mailbox is known to be read', async () => {
    clock.to('2026-04-19 11:59');
    await service.api.jobs.run();
    await anna.showSection('Ждём клиента');
    await expect(anna.rows(subjects.broken)).toBeVisible();

    await deliver('sunday@school.example', subjects.sunday, '2026-04-19 11:58');
    await anna.showSection('Ждут ответа');
    await expect(anna.rows(subjects.sunday)).toBeVisible();
    await expect.poll(async () => (await service.api.jobs.run())?.closed).toBe(1);
    await anna.showSection('Закрытые');
    await anna.open(subjects.broken);
    await expectHistory(/Закрыта автоматически: клиент не ответил/u);
    await expectHistory(/после ответа от 17\.04\.2026 11:3\d клиент не написал до 19\.04\.2026 11:3\d/u);
  });

  test('Friday after: what was put off is in the queue again', async () => {
    clock.to('2026-04-24 09:01');
    await service.api.jobs.run();
    await anna.showSection('Ждут ответа');
    await expect(anna.rows(subjects.news)).toBeVisible();
    await anna.open(subjects.news);
    await expectHistory(/Система: возвращена в очередь в назначенный день/u);
  });

  test('working Saturday: a word of the client opens what was closed, and every day is accounted for', async () => {
    clock.to('2026-04-25 10:00');
    await deliver('broken@school.example', `Re: ${subjects.broken}`, '2026-04-25 09:30', {
      inReplyTo: brokenAnswer,
    });
    await expect(anna.rows(subjects.broken)).toContainText('29.04');
    await anna.open(subjects.broken);
    await expect(anna.ticket.getByText('Открыта', { exact: true })).toBeVisible();
    await anna.page.keyboard.press('i');
    const proof = dialog('Как получен срок ответа');
    const expectDays = async (...days: readonly (readonly [string, string])[]): Promise<void> => {
      for (const [date, words] of days)
        await expect(
          proof.getByRole('row').filter({ hasText: date }).filter({ hasText: words }).first(),
        ).toBeVisible();
    };
    await proof.getByText('Обращение 1, поступило пт 17.04.2026 10:30').click();
    await expect(proof).toContainText('(Решение): в срок');
    await expect(proof).toContainText('Обращение 2, поступило сб 25.04.2026 09:30');
    await expectDays(
      ['пн 20.04.2026', 'работа перенесена на сб 25.04.2026: не считается'],
      ['вт 21.04.2026', 'Праздник, Радуница: не считается'],
      ['сб 25.04.2026', 'Получено в 09:30, в рабочее время'],
      ['сб 25.04.2026', 'День поступления: не считается'],
      ['вс 26.04.2026', 'Выходной: не считается'],
      ['пн 27.04.2026', 'Рабочий день 1'],
      ['ср 29.04.2026', 'Рабочий день 3'],
      ['ср 29.04.2026', 'Срок истекает в 18:00'],
    );
    await anna.page.keyboard.press('Escape');

    await anna.open(subjects.sunday);
    await anna.page.keyboard.press('i');
    await expect(proof).toContainText('поступило вс 19.04.2026 11:58');
    await expectDays(['ср 22.04.2026', 'Рабочий день 1'], ['пт 24.04.2026', 'Срок истекает в 18:00']);
    await anna.page.keyboard.press('Escape');
    await expect(anna.rows(subjects.sunday)).toContainText(/просроч/iu);
  });

  test('nothing of all this is in a log', async () => {
    await assertQuietLogs(service, Object.values(subjects));
  });
});
