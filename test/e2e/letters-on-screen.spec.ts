import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type FrameLocator } from '@playwright/test';
import { Agent } from './agent.ts';
import { catchOpened } from './catch-opened.ts';
import { clientLetter } from './client-letter.ts';
import { startService, type Service } from './start-service.ts';

let service: Service;
let agent: Agent;
let outside: Server;
let site: string;
/** What the letter got to load or call: nothing, ever. */
const requests: string[] = [];

test.beforeAll(async () => {
  test.setTimeout(180_000);
  service = await startService();
  agent = await Agent.arrive(service, service.agents[0]);
  outside = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end();
  }).listen(0, '127.0.0.1');
  await once(outside, 'listening');
  site = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
});

test.afterAll(async () => {
  outside.close();
  await service.stop();
});

/** The frame that shows the HTML of the letter on screen. */
function frameOf(letter: Agent['letters']): FrameLocator {
  return letter.frameLocator('iframe[title="Текст письма"]');
}

function hostileHtml(): string {
  return `<html><head>
    <base href="${site}/base/">
    <meta http-equiv="refresh" content="0; url=${site}/refresh">
    <link rel="stylesheet" href="${site}/style.css"><link rel="prefetch" href="${site}/prefetch">
    <style>@import url(${site}/import.css); body { background: url(${site}/css-background); }
      @font-face { font-family: x; src: url(${site}/font) } p { font-family: x }
      .cover { position: fixed; inset: 0; z-index: 9999; background: red }</style>
    <script>parent.document.title = 'взломано'; fetch('${site}/script');</script>
    <script src="${site}/script.js"></script>
  </head><body background="${site}/body-background" onload="fetch('${site}/onload')">
    <p>Видимый текст письма.</p>
    <div class="cover" style="background-image: url(${site}/inline-style)">Поверх всего</div>
    <img src="${site}/pixel.gif" width="1" height="1" alt="пиксель"><img src="//127.0.0.1:1/x" alt="">
    <img src="x" onerror="fetch('${site}/onerror')" srcset="${site}/srcset 2x">
    <picture><source srcset="${site}/source"><img alt="рисунок"></picture>
    <video src="${site}/video" poster="${site}/poster" autoplay></video><audio src="${site}/audio"></audio>
    <svg onload="fetch('${site}/svg')"><image href="${site}/svg-image"/><use href="${site}/use#a"/></svg>
    <object data="${site}/object"></object><embed src="${site}/embed"><iframe src="${site}/iframe"></iframe>
    <form action="${site}/form" method="post"><input name="password" autofocus onfocus="fetch('${site}/focus')">
      <button>Войти в почту</button></form>
    <a href="javascript:fetch('${site}/javascript')">Скрипт</a>
    <a href="${site}/link" target="_top">Честная ссылка</a>
    <a href="file:///etc/passwd">Файл</a>
    <a href="data:text/html,<script>fetch('${site}/data')</script>">Данные</a>
    <a href="mailto:help@school.example">Почта</a>
  </body></html>`;
}

test('a hostile letter runs nothing, loads nothing and leads nowhere within the desk', async () => {
  const opened = await catchOpened(agent.desk);
  await service.dovecot.deliver(clientLetter({ subject: 'Враждебное письмо', html: hostileHtml() }).source);
  await agent.open('Враждебное письмо');
  const frame = frameOf(agent.letters);
  await expect(frame.getByText('Видимый текст письма.')).toBeVisible();
  await expect(agent.letters).toContainText(/картин\S+ из интернета не загружен/u);

  // Nothing of it is there to run, send or load.
  const left = frame.locator('script, form, input, iframe, object, embed, link, base, video, audio, svg');
  await expect(left).toHaveCount(0);
  await expect(frame.locator('[src], [srcset], [background], [onerror], [onload]')).toHaveCount(0);
  await expect(frame.getByRole('link')).toHaveText(['Честная ссылка', 'Почта']);

  // It stays within its frame.
  const iframe = agent.letters.locator('iframe');
  await expect(iframe).toHaveAttribute('sandbox', 'allow-popups');
  await expect(agent.ticket.getByRole('button', { name: 'Ответить' })).toBeEnabled();
  await agent.ticket.getByRole('button', { name: 'Ответить' }).click({ trial: true });

  // A click on an allowed link opens it outside, once, and nothing here; the others are only words.
  const address = agent.page.url();
  const windows = agent.desk.app.windows().length;
  for (const words of ['Скрипт', 'Файл', 'Данные']) await frame.getByText(words, { exact: true }).click();
  const honest = frame.getByText('Честная ссылка');
  await expect(honest).toHaveAttribute('title', `${site}/link`);
  await honest.click();
  await expect.poll(opened).toEqual([`${site}/link`]);
  await honest.click({ modifiers: ['Control'] });
  await expect.poll(opened).toEqual([`${site}/link`, `${site}/link`]);
  await frame.getByText('Почта').click();
  const fromText = [`${site}/link`, `${site}/link`, 'mailto:help@school.example'];
  await expect.poll(opened).toEqual(fromText);
  expect(agent.page.url()).toBe(address);
  await expect(frame.getByText('Видимый текст письма.')).toBeVisible();

  // The list below names the same ones, with the place where they lead.
  await agent.letters.getByRole('button', { name: /ссыл\S+ в письме/u }).click();
  const links = agent.letters.getByRole('link');
  await expect(links).toHaveCount(2);
  await links.filter({ hasText: '127.0.0.1' }).click();
  await expect.poll(opened).toEqual([...fromText, `${site}/link`]);
  await links.filter({ hasText: 'help@school.example' }).click();
  await expect.poll(opened).toEqual([...fromText, `${site}/link`, 'mailto:help@school.example']);

  await expect.poll(() => agent.desk.app.windows().length).toBe(windows);
  expect(await agent.page.title()).not.toContain('взломано');
  expect(requests).toEqual([]);
  // The site does count.
  await fetch(`${site}/control`);
  expect(requests.splice(0)).toEqual(['GET /control']);
});

test('links of a plain text letter open outside, and a word is said of one that may not', async () => {
  const opened = await catchOpened(agent.desk);
  const text = `Смотрите ${site}/plain и javascript:alert(1) и file:///etc/passwd`;
  await service.dovecot.deliver(clientLetter({ subject: 'Простое письмо', text }).source);
  await agent.open('Простое письмо');
  await expect(agent.letters.getByRole('link')).toHaveCount(1);
  await agent.letters.getByRole('link').click();
  await expect.poll(opened).toEqual([`${site}/plain`]);
  const refused = await agent.page.evaluate(
    async () => await window.bridge.call('app.openExternal', { url: 'file:///etc/passwd' }),
  );
  expect(refused).toEqual({ ok: false, error: { kind: 'forbidden' } });
  expect(await opened()).toEqual([`${site}/plain`]);
  expect(requests).toEqual([]);
});
