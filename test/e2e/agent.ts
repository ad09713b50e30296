import { expect, type Locator, type Page } from '@playwright/test';
import { launchApp, type LaunchedApp } from './launch-app.ts';
import type { Account, Service } from './start-service.ts';

/** Logs in in Russian: through the assistant of a new desk, or through the form of one that has a server already. */
export async function firstLogIn(
  page: Page,
  apiUrl: string,
  { login, password }: Pick<Account, 'login' | 'password'>,
): Promise<void> {
  const welcome = page.getByRole('form', { name: 'Добро пожаловать' });
  const form = page.getByRole('form', { name: 'Вход' });
  await expect(welcome.or(form)).toBeVisible();
  if (await welcome.isVisible()) {
    await welcome.getByRole('button', { name: 'Далее' }).click();
    await page.getByLabel('Адрес сервера заявок').fill(apiUrl);
    await page.getByRole('button', { name: 'Далее' }).click();
  } else if (!(await form.getByText(apiUrl, { exact: true }).isVisible())) {
    const other = form.getByRole('button', { name: 'Другой сервер' });
    if (await other.isVisible()) await other.click();
    await form.getByLabel('Адрес сервера заявок').fill(apiUrl);
  }
  await form.getByLabel('Логин').fill(login);
  await form.getByLabel('Пароль', { exact: true }).fill(password);
  await form.getByRole('button', { name: 'Войти' }).click();
}

/** An agent at a desk: everything goes through what stands on the screen, in Russian. */
export class Agent {
  readonly desk: LaunchedApp;
  readonly page: Page;

  private constructor(desk: LaunchedApp, page: Page) {
    this.desk = desk;
    this.page = page;
  }

  /** Starts the desk; who was logged in there last still is. */
  static async start(service: Pick<Service, 'desks'>, userDataDir: string): Promise<Agent> {
    const desk = await launchApp({ userDataDir });
    service.desks.push(desk);
    return new Agent(desk, await desk.window());
  }

  /** Starts a new desk and logs in. */
  static async arrive(service: Service, account: Account, userDataDir?: string): Promise<Agent> {
    const agent = await Agent.start(service, userDataDir ?? (await service.newUserData()));
    await agent.logIn(service.apiUrl, account);
    await expect(agent.queue).toBeVisible();
    return agent;
  }

  async logIn(apiUrl: string, account: Pick<Account, 'login' | 'password'>): Promise<void> {
    await firstLogIn(this.page, apiUrl, account);
  }

  async logOut(): Promise<void> {
    await this.page.getByRole('button', { name: /: язык, вид, выход$/u }).click();
    await this.page.getByRole('button', { name: 'Выйти' }).click();
  }

  get queue(): Locator {
    return this.page.getByRole('region', { name: 'Очередь заявок' });
  }

  /** Rows of the section on screen whose words hold `words`. */
  rows(words: string | RegExp): Locator {
    return this.queue.getByRole('option').filter({ hasText: words });
  }

  async showSection(name: string): Promise<void> {
    await this.queue
      .getByRole('navigation', { name: 'Разделы очереди' })
      .getByRole('button', { name: new RegExp(`^${name}`, 'u') })
      .click();
    // Until then the rows are those of the section before.
    await expect(this.queue.getByRole('listbox', { includeHidden: true })).toHaveAttribute(
      'aria-busy',
      'false',
    );
  }

  async showPage(name: 'Очередь' | 'Исходящие' | 'База знаний' | 'Шаблоны' | 'Настройки'): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Страницы' })
      .getByRole('button', { name: new RegExp(`^${name}`, 'u') })
      .click();
  }

  /** Opens a ticket of the section on screen by the words of its row. */
  async open(words: string | RegExp): Promise<void> {
    await this.rows(words).click();
    // The ticket before stays until this one has come.
    await expect(this.ticket).toHaveAttribute('aria-busy', 'false');
  }

  /** The ticket on screen. */
  get ticket(): Locator {
    return this.page.getByRole('region', { name: /^Заявка №/u });
  }

  get letters(): Locator {
    return this.ticket.getByRole('article');
  }

  get composer(): Locator {
    return this.page.getByRole('form', { name: /^(?:Ответ клиенту|Письмо клиенту|Пересылка письма)$/u });
  }

  /** Where the letter is written. */
  get editor(): Locator {
    return this.composer.getByRole('textbox', { name: /^Текст (?:ответа|письма)$/u });
  }

  get status(): Locator {
    return this.page.getByRole('contentinfo', { name: 'Состояние' });
  }

  /**
   * Saves an attachment of the letters on screen; answers what the page handed over as a download.
   *
   * Electron would ask where to put it and stock Chromium puts it into the home folder, so it is caught before that.
   */
  async save(name: string): Promise<{ readonly name: string; readonly text: string }> {
    const caught = this.page.evaluate(async () => {
      const createObjectURL = URL.createObjectURL.bind(URL);
      const blobs = new Map<string, Blob | MediaSource>();
      URL.createObjectURL = (blob) => {
        const url = createObjectURL(blob);
        blobs.set(url, blob);
        return url;
      };
      const link = await new Promise<HTMLAnchorElement>((resolve) => {
        HTMLAnchorElement.prototype.click = function () {
          resolve(this);
        };
      });
      URL.createObjectURL = createObjectURL;
      Reflect.deleteProperty(HTMLAnchorElement.prototype, 'click');
      const blob = blobs.get(link.href);
      return { name: link.download, text: blob instanceof Blob ? await blob.text() : '' };
    });
    await this.letters.getByRole('button', { name: `Сохранить вложение ${name}` }).click();
    return await caught;
  }

  /** Presses "retry now" where it stands: the desk may have come back by itself, and then it is gone. */
  async retryNow(): Promise<void> {
    const button = this.page.getByRole('button', { name: 'Повторить сейчас' });
    await button.evaluateAll((found: HTMLElement[]) => {
      for (const each of found) each.click();
    });
  }

  /** Presses Reply in the ticket on screen and writes above the quote. */
  async writeAnswer(text: string): Promise<void> {
    await this.ticket.getByRole('button', { name: 'Ответить' }).click();
    await expect(this.editor).toBeFocused();
    await this.editor.press('Control+Home');
    await this.type(text);
  }

  /** Types where the cursor is; a line end is the Enter key. */
  async type(text: string): Promise<void> {
    for (const [index, line] of text.split('\n').entries()) {
      if (index > 0) await this.page.keyboard.press('Enter');
      if (line !== '') await this.page.keyboard.insertText(line);
    }
  }

  /** Adds a file to the answer that is being written. */
  async attach(file: { readonly name: string; readonly text: string }): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.composer.getByRole('button', { name: 'Файл', exact: true }).click();
    const buffer = Buffer.from(file.text);
    await (await chooser).setFiles({ name: file.name, mimeType: 'text/plain', buffer });
    await expect(this.composer.getByRole('button', { name: `Убрать файл ${file.name}` })).toBeVisible();
  }

  async sendAnswer(): Promise<void> {
    await this.composer.getByRole('button', { name: 'Отправить', exact: true }).click();
    await expect(this.composer).toBeHidden();
  }
}
