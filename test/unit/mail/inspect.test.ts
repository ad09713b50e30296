import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encode, letterOf, multipart } from './letter-bytes.ts';

const script = new URL('../../../src-main/mailbox/inspect.ts', import.meta.url).pathname;

interface Run {
  readonly code: number;
  readonly lines: readonly unknown[];
  readonly stderr: string;
}

/** Runs mail:inspect as npm does; every line of its output must be JSON. */
async function inspect(...files: string[]): Promise<Run> {
  return await new Promise((resolve) => {
    execFile(process.execPath, [script, ...files], { maxBuffer: 64_000_000 }, (error, stdout, stderr) => {
      const lines = stdout.split('\n').filter((line) => line !== '');
      const code = error === null ? 0 : Number(error.code);
      resolve({ code, lines: lines.map((line): unknown => JSON.parse(line)), stderr });
    });
  });
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inspect-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function save(name: string, bytes: Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, bytes);
  return file;
}

test('prints one line per file with exactly the agreed fields', async () => {
  const file = await save(
    'letter.eml',
    letterOf(
      [
        encode('From: Иван <Ivan@Школа.бел>', 'koi8-r'),
        'To: info@belinfoportal.by',
        encode('Subject: Сайт', 'koi8-r'),
        'Message-ID: <1@x.by>',
        'In-Reply-To: <0@x.by>',
        'References: <r@x.by> <0@x.by>',
        'Date: Tue, 10 Nov 2026 10:15:00 +0300',
        'Content-Type: multipart/mixed; boundary=b',
      ],
      multipart('b', [
        letterOf(['Content-Type: text/html; charset=utf-8'], '<p onclick="x()">Привет</p><script>x</script>'),
        letterOf(['Content-Type: text/csv', 'Content-Disposition: attachment; filename=a.csv'], '1;2'),
      ]),
    ),
  );
  const { code, lines, stderr } = await inspect(file);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(lines).toEqual([
    {
      file,
      messageId: '<1@x.by>',
      inReplyTo: ['<0@x.by>'],
      references: ['<r@x.by>', '<0@x.by>'],
      from: { name: 'Иван', address: 'ivan@xn--80atdl2c.xn--90ais' },
      to: [{ name: '', address: 'info@belinfoportal.by' }],
      cc: [],
      subject: 'Сайт',
      date: '2026-11-10T07:15:00.000Z',
      text: 'Привет',
      html: '<p>Привет</p>',
      reply: 'Привет',
      attachments: [{ name: 'a.csv', type: 'text/csv', size: 3 }],
      kind: 'human',
      bounce: null,
    },
  ]);
});

test('a file that cannot be read is named on stderr, the others are printed', async () => {
  const [good, garbage] = [
    await save('good.eml', letterOf(['Subject: ok'], 'x')),
    await save('garbage.bin', Buffer.alloc(3_000, 0xfe)),
  ];
  const missing = join(folder, 'missing.eml');
  const { code, lines, stderr } = await inspect(missing, good, folder, garbage);
  expect(code).toBe(1);
  expect(lines).toMatchObject([{ file: good, subject: 'ok', date: null, html: null }, { file: garbage }]);
  expect(stderr).toBe(
    `mail:inspect: cannot read ${missing}: no such file\nmail:inspect: cannot read ${folder}: it is a folder\n`,
  );
});

test('without files it says how to call it', async () => {
  const { code, lines, stderr } = await inspect();
  expect({ code, lines }).toEqual({ code: 1, lines: [] });
  expect(stderr).toMatch(/^usage: /u);
});
