import { expect, test } from '@playwright/test';
import PostalMime from 'postal-mime';
import { compileDefaultCalendar } from '#shared/calendar/default-calendar.ts';
import { defaultDeadlinePolicy } from '#shared/regulation/deadline-policy.ts';
import { computeDeadline } from '#shared/sla/deadline.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import { Agent } from './agent.ts';
import { assertQuietLogs } from './assert-quiet-logs.ts';
import { clientLetter, windows1251Letter } from './client-letter.ts';
import { startService, type Service } from './start-service.ts';
import { Screenshots } from './take-screenshots.ts';
import { wear } from './wear.ts';

const hourMs = 3_600_000;

/** Set to take pictures. */
const screenshotFolder = process.env['STP_SCREENSHOTS'] ?? null;

const looks = [
  { language: 'ru', colorScheme: 'light' },
  { language: 'be', colorScheme: 'dark' },
] as const;

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

/** A moment as rows have it: the year only where it is another one. */
function shortMoment(at: number): RegExp {
  const [day = '', time = ''] = formatMoment(at).split(' ');
  return new RegExp(String.raw`${day.slice(0, 5)}(?:\.\d{4})? ${time}`, 'u');
}

/** How many copies of a letter lie in a folder, as the server knows. */
async function copiesIn(folder: string, messageId: string): Promise<number> {
  const client = await service.dovecot.client();
  try {
    await client.mailboxOpen(folder, { readOnly: true });
    const found = await client.search({ header: { 'message-id': messageId } }, { uid: true });
    return found ? found.length : 0;
  } finally {
    await client.logout();
  }
}

test('a letter goes its whole way, and both desks see it', async () => {
  const file = { name: 'Снимок экрана.txt', bytes: Buffer.from('Ошибка № 507\r\n') };
  const receivedAt = Date.now() - 2 * hourMs;
  const letter = windows1251Letter({
    name: 'Мария Клиентова',
    address: 'client@school.example',
    subject: 'Не хватает места на сайте',
    text: 'Добрый день!\r\nСайт пишет «Превышена дисковая квота» — что делать?\r\n',
    file,
  });
  await service.dovecot.deliver(letter.source, { internalDate: new Date(receivedAt) });

  // Both queues show it with its deadline.
  const { deadlineAt } = computeDeadline(receivedAt, compileDefaultCalendar(), defaultDeadlinePolicy);
  for (const agent of [anna, pyotr]) {
    const row = agent.rows('Не хватает места на сайте');
    await expect(row).toContainText('Мария Клиентова');
    await expect(row).toContainText(shortMoment(deadlineAt));
  }

  // Desk 1 reads it.
  await anna.open('Не хватает места на сайте');
  await expect(anna.letters).toHaveCount(1);
  await expect(anna.letters).toContainText('Сайт пишет «Превышена дисковая квота» — что делать?');
  const saved = await anna.save(file.name);
  expect(saved).toEqual({ name: file.name, text: file.bytes.toString() });

  // Desk 1 claims, desk 2 sees it.
  await pyotr.open('Не хватает места на сайте');
  await anna.ticket.getByRole('button', { name: 'Взять в работу' }).click();
  await expect(anna.ticket.getByText(/^В работе у вас до/u)).toBeVisible();
  await expect(pyotr.ticket.getByText(/^В работе: Анна Иванова/u)).toBeVisible();
  await expect(pyotr.rows('Не хватает места на сайте')).toContainText('Анна Иванова');

  // Desk 1 answers with an article.
  await anna.writeAnswer('Здравствуйте, Мария!\nМесто можно освободить, вот статья:\n');
  await anna.composer.getByRole('button', { name: 'Статья' }).click();
  const picker = anna.page.getByRole('dialog', { name: 'Вставить статью' });
  await picker.getByLabel('Искать в базе знаний').fill('квот');
  await expect(picker.getByRole('option', { name: service.article.title })).toBeVisible();
  await picker.getByLabel('Искать в базе знаний').press('Enter');
  await expect(anna.editor.getByRole('paragraph').nth(2)).toHaveText(`${service.article.title} `);
  await expect(anna.editor.getByRole('link', { name: service.article.title })).toBeVisible();
  await anna.sendAnswer();

  // The client has one answer.
  await expect.poll(() => service.smtp.accepted.length).toBe(1);
  const [sent] = service.smtp.accepted;
  expect(sent?.to).toEqual(['client@school.example']);
  expect(sent?.from).toBe(service.address);
  const answer = await PostalMime.parse(sent?.source ?? '');
  expect(answer.inReplyTo).toBe(letter.messageId);
  expect(answer.references).toBe(letter.messageId);
  expect(answer.subject).toMatch(/^Re: Не хватает места на сайте \[STP-[0-9A-HJKMNP-TV-Z]{8}\]$/u);
  expect(answer.to?.map(({ address }) => address)).toEqual(['client@school.example']);
  expect(answer.cc ?? []).toEqual([]);
  expect(answer.text).toContain(`\n${service.article.title}: ${service.article.url}`);
  expect(answer.text).toContain('> Сайт пишет «Превышена дисковая квота» — что делать?');

  // Both desks show the answer and the ticket's state.
  for (const agent of [anna, pyotr]) {
    await expect(agent.ticket.getByText('Ждём клиента', { exact: true })).toBeVisible();
    await expect(agent.ticket.getByText('Ответ не ожидается')).toBeVisible();
    await expect(agent.letters).toHaveCount(2);
    await expect(agent.letters.nth(1)).toContainText('Место можно освободить');
    await expect(agent.rows('Не хватает места на сайте')).toHaveCount(0);
  }
  await expect(pyotr.letters.nth(1)).toContainText('Анна Иванова');
  const { messageId = '' } = answer;
  await expect.poll(() => copiesIn('Sent', messageId)).toBe(1);

  // The client's answer lands on the same ticket.
  const followUp = clientLetter({
    subject: `Re: ${answer.subject ?? ''}`,
    inReplyTo: messageId,
    references: [letter.messageId, messageId],
    text: 'Спасибо, помогло! А как увеличить квоту?',
  });
  // INTERNALDATE has whole seconds: a second later it is surely after the answer, as with any client who reads first.
  await service.dovecot.deliver(followUp.source, { internalDate: new Date(Date.now() + 1000) });
  for (const agent of [anna, pyotr]) {
    await expect(agent.letters).toHaveCount(3);
    await expect(agent.letters.nth(2)).toContainText('А как увеличить квоту?');
    await expect(agent.ticket.getByText('Открыта', { exact: true })).toBeVisible();
    await expect(agent.rows('Не хватает места на сайте')).toContainText('3 письма');
  }

  // A stranger who quotes the token gets a ticket of his own.
  const stranger = clientLetter({
    from: 'Посторонний <stranger@elsewhere.example>',
    subject: `Re: ${answer.subject ?? ''}`,
    inReplyTo: messageId,
    text: 'Мне переслали ваш ответ.',
  });
  await service.dovecot.deliver(stranger.source);
  const rows = pyotr.rows('Не хватает места на сайте');
  await expect(rows).toHaveCount(2);
  const strange = rows.filter({ hasText: 'Посторонний' });
  await expect(strange).toContainText('Возможно, продолжение');
  await expect(pyotr.letters).toHaveCount(3);
  await strange.click();
  await expect(pyotr.letters).toHaveCount(1);
  await expect(pyotr.letters).toContainText('Мне переслали ваш ответ.');

  // Nothing was sent or filed twice.
  expect(service.smtp.accepted).toHaveLength(1);
  expect(await copiesIn('Sent', messageId)).toBe(1);
});

test('a follow-up that is read before its ancestor ends up with it', async () => {
  const ancestor = clientLetter({ subject: 'Шаблон сайта', text: 'Первое письмо о шаблоне.' });
  const followUp = clientLetter({
    subject: 'Re: Шаблон сайта',
    inReplyTo: ancestor.messageId,
    references: [ancestor.messageId],
    text: 'Второе письмо о шаблоне.',
  });
  const ancestorAt = Date.now() - 30 * hourMs;
  await service.dovecot.deliver(followUp.source, { internalDate: new Date(ancestorAt + 20 * hourMs) });
  await anna.open('Шаблон сайта');
  await expect(anna.letters).toHaveCount(1);
  await service.dovecot.deliver(ancestor.source, { internalDate: new Date(ancestorAt) });
  await expect(anna.letters).toHaveCount(2);
  await expect(anna.letters.nth(0)).toContainText('Первое письмо о шаблоне.');
  await expect(anna.letters.nth(1)).toContainText('Второе письмо о шаблоне.');
  await expect(anna.rows('Шаблон сайта')).toHaveCount(1);
  await expect(anna.ticket.getByText(`получена ${formatMoment(ancestorAt)}`)).toBeVisible();
  const { deadlineAt } = computeDeadline(ancestorAt, compileDefaultCalendar(), defaultDeadlinePolicy);
  await expect(anna.rows('Шаблон сайта')).toContainText(shortMoment(deadlineAt));
});

test('an answer from another mail program ends the reaction period', async () => {
  const letter = clientLetter({ subject: 'Резервная копия', text: 'Восстановите, пожалуйста, сайт.' });
  await service.dovecot.deliver(letter.source, { internalDate: new Date(Date.now() - hourMs) });
  await pyotr.open('Резервная копия');
  await expect(pyotr.ticket.getByText('Открыта', { exact: true })).toBeVisible();
  const answer = clientLetter({
    from: `Служба поддержки <${service.address}>`,
    to: 'client@school.example',
    subject: 'Re: Резервная копия',
    inReplyTo: letter.messageId,
    references: [letter.messageId],
    text: 'Восстановили из копии за вчера.',
  });
  await service.dovecot.deliver(answer.source, { folder: 'Sent' });
  await expect(pyotr.ticket.getByText('Ждём клиента', { exact: true })).toBeVisible();
  await expect(pyotr.ticket.getByText('Ответ не ожидается')).toBeVisible();
  await expect(pyotr.letters.nth(1)).toContainText('Восстановили из копии за вчера.');
  await expect(pyotr.letters.nth(1)).toContainText('Отправлено из другой почтовой программы');
});

test('an answer waits for the agent when the client wrote meanwhile', async () => {
  const letter = clientLetter({ subject: 'Доступ редактора', text: 'Откройте доступ Сидорову.' });
  await service.dovecot.deliver(letter.source, { internalDate: new Date(Date.now() - hourMs) });
  await anna.open('Доступ редактора');
  await anna.writeAnswer('Доступ Сидорову открыт.\n');
  const more = clientLetter({
    subject: 'Re: Доступ редактора',
    inReplyTo: letter.messageId,
    references: [letter.messageId],
    text: 'Простите, не Сидорову, а Сидоренко!',
  });
  await service.dovecot.deliver(more.source);
  await expect(anna.letters).toHaveCount(2);
  const before = service.smtp.accepted.length;
  await anna.sendAnswer();
  const held = anna.letters.filter({ hasText: 'Доступ Сидорову открыт.' });
  await expect(held).toContainText('Клиент написал ещё одно письмо.');
  expect(service.smtp.accepted).toHaveLength(before);

  // Taken back and put right with the new letter in view, it is not held back for that letter again.
  await held.getByRole('button', { name: 'Вернуть в черновик' }).click();
  await expect(anna.editor).toContainText(/^Доступ Сидорову открыт\./u);
  await anna.editor.fill('Доступ Сидоренко открыт.');
  await anna.sendAnswer();
  await expect(anna.ticket.getByText('Ждём клиента', { exact: true })).toBeVisible();
  expect(service.smtp.accepted).toHaveLength(before + 1);
  const { text } = await PostalMime.parse(service.smtp.accepted.at(-1)?.source ?? '');
  expect(text).toMatch(/^Доступ Сидоренко открыт\.\n/u);
  expect(text).not.toContain('Сидорову открыт');
});

test('a held answer is found from anywhere, and decided by one key', async () => {
  const shots = await Screenshots.start(anna.page, screenshotFolder);
  const asked = clientLetter({ subject: 'Смена адреса', text: 'Смените адрес на Минск.' });
  await service.dovecot.deliver(asked.source, { internalDate: new Date(Date.now() - hourMs) });
  await anna.open('Смена адреса');
  const before = service.smtp.accepted.length;
  const waits = anna.page.getByRole('button', { name: '1 ответ ждёт решения' });
  const held = anna.ticket.getByRole('group', { name: 'Задержанный ответ' });
  let letters = 1;
  const holdAnswer = async (answer: string, meanwhile: string) => {
    if (await anna.composer.isVisible()) {
      await anna.editor.press('Control+Home');
      await anna.type(answer);
    } else await anna.writeAnswer(answer);
    const more = clientLetter({
      subject: 'Re: Смена адреса',
      inReplyTo: asked.messageId,
      references: [asked.messageId],
      text: meanwhile,
    });
    await service.dovecot.deliver(more.source);
    letters += 1;
    await expect(anna.letters).toHaveCount(letters);
    await anna.sendAnswer();
    await expect(held).toContainText('Клиент написал ещё одно письмо.');
  };
  await holdAnswer('Адрес сменили на Минск.\n', 'Простите, не Минск, а Гродно!');

  // From another page: told apart from what goes by itself, and opened by its key.
  await anna.showPage('База знаний');
  await expect(waits).toBeVisible();
  await expect(anna.page.getByRole('button', { name: /жд[её]т отправки/u })).toHaveCount(0);
  await anna.page.keyboard.press('Alt+R');
  await expect(held).toBeFocused();
  await expect(held.getByRole('list', { name: /^Что произошло/u })).toContainText('не Минск, а Гродно!');
  for (const dress of looks) {
    await wear(anna.page, dress);
    await shots.take(`held-${dress.language}-${dress.colorScheme}`);
  }
  await wear(anna.page, { language: 'ru', colorScheme: 'light' });

  // Theirs: the answer is gone, and comes back as a draft.
  await held.focus();
  await anna.page.keyboard.press('1');
  await expect(held).toBeHidden();
  await expect(anna.composer).toBeHidden();
  await expect(anna.ticket).toBeFocused();
  await expect(waits).toBeHidden();
  await expect(anna.page.getByText('Ваш ответ убран, он не уйдёт.')).toBeVisible();
  await anna.page.keyboard.press('Alt+Z');
  await expect(anna.editor).toContainText(/^Адрес сменили на Минск\./u);

  // Both: a draft again, with the newest letter under it.
  await holdAnswer('Адрес сменили на Гродно.\n', 'И телефон, пожалуйста.');
  await anna.page.keyboard.press('3');
  await expect(anna.editor).toContainText('Адрес сменили на Гродно.');
  await expect(anna.composer).toContainText('И телефон, пожалуйста.');

  // Mine: it leaves as it is.
  await holdAnswer('Адрес и телефон сменили.\n', 'Спасибо заранее!');
  expect(service.smtp.accepted).toHaveLength(before);
  await anna.page.keyboard.press('2');
  await expect(held).toBeHidden();
  await expect.poll(() => service.smtp.accepted.length).toBe(before + 1);
  const { text } = await PostalMime.parse(service.smtp.accepted.at(-1)?.source ?? '');
  expect(text).toContain('Адрес и телефон сменили.');
  expect(text).toContain('> И телефон, пожалуйста.');
});

// The last one: it ends the desks.
test('nothing of all this is in a log', async () => {
  await assertQuietLogs(service);
});
