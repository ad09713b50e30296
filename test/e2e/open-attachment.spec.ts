import { access, readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { expect, test } from '@playwright/test';
import { Agent } from './agent.ts';
import { windows1251Letter } from './client-letter.ts';
import { startService, type Service } from './start-service.ts';

let service: Service;
let anna: Agent;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  service = await startService();
  anna = await Agent.arrive(service, service.agents[0]);
});

test.afterAll(async () => {
  await service.stop();
});

/** Notes what would be opened in other programs, instead of opening it. */
async function catchOpenedFiles(): Promise<() => Promise<readonly string[]>> {
  const { app } = anna.desk;
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { openedFiles: opened });
    shell.openPath = (path) => {
      opened.push(path);
      return Promise.resolve('');
    };
  });
  return async () =>
    await app.evaluate(() => (globalThis as unknown as { openedFiles: string[] }).openedFiles);
}

async function receive(subject: string, file: { name: string; bytes: Uint8Array }): Promise<void> {
  const from = { name: 'Мария Клиентова', address: 'client@school.example' };
  const letter = windows1251Letter({ ...from, subject, text: 'Файл во вложении', file });
  await service.dovecot.deliver(letter.source);
  await anna.open(subject);
}

test('a document opens from a private copy, which is gone with the desk', async () => {
  const opened = await catchOpenedFiles();
  const bytes = Buffer.from('%PDF-1.4\nАкт сверки\n%%EOF\n');
  await receive('Акт сверки за ноябрь', { name: 'Акт №7: сверка.pdf', bytes });
  await anna.letters.getByRole('button', { name: /^Открыть .*сверка\.pdf$/u }).click();
  await expect.poll(async () => (await opened()).length).toBe(1);
  const [path = ''] = await opened();
  expect(basename(path)).toBe('Акт №7_ сверка.pdf');
  expect(await readFile(path)).toEqual(bytes);
  expect((await stat(path)).mode & 0o777).toBe(0o400);

  const program = Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1');
  await receive('Договор на подпись', { name: 'Договор.pdf', bytes: program });
  await anna.letters.getByRole('button', { name: 'Открыть Договор.pdf' }).click();
  await expect(anna.page.getByText(/^Такие файлы здесь не открываются/u)).toBeVisible();
  expect(await opened()).toHaveLength(1);

  await anna.desk.close();
  await expect(access(path)).rejects.toThrow('ENOENT');
});
