import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AttachmentOpener } from '#main/attachments/attachment-opener.ts';
import { mayBeOpened } from '#main/attachments/file-kind.ts';
import { safeFileName } from '#main/attachments/safe-file-name.ts';
import { zipOf } from './zip-of.ts';

const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\n');
const png = Buffer.from('\x89PNG\r\n\x1a\n0000', 'latin1');
const docx = zipOf(['[Content_Types].xml', 'word/document.xml']);
const odt = zipOf(['mimetype', 'content.xml'], 'application/vnd.oasis.opendocument.text');
const exe = Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1');

describe('what may be opened', () => {
  const cases: [string, Uint8Array, boolean, string][] = [
    ['pdf', pdf, true, 'a document'],
    ['PDF', pdf, true, 'endings in capitals'],
    ['pdf', exe, false, 'a program that says it is a document'],
    ['exe', exe, false, 'a program'],
    ['exe', pdf, false, 'a document that says it is a program'],
    ['png', png, true, 'a picture'],
    ['jpg', png, false, 'a picture of another kind'],
    ['svg', Buffer.from('<svg/>'), false, 'a picture that may hold scripts'],
    ['html', Buffer.from('<script>'), false, 'a page'],
    ['txt', Buffer.from('Добрый день\r\n'), true, 'text in UTF-8'],
    ['csv', Buffer.from('a;b\r\n'), false, 'a table of text, whose formulas would run'],
    ['txt', Buffer.from('\xff\xfeT\0', 'latin1'), true, 'text in UTF-16'],
    ['txt', exe, false, 'a program that says it is text'],
    ['docx', docx, true, 'a document of Word'],
    [
      'docx',
      zipOf(['[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin']),
      false,
      'a document with macros',
    ],
    [
      'docx',
      zipOf(['[Content_Types].xml', 'word/embeddings/oleObject1.bin']),
      false,
      'a document with a file in it',
    ],
    ['docm', docx, false, 'a document that announces macros'],
    ['xlsx', docx, false, 'a document that says it is a table'],
    ['xlsx', zipOf(['[Content_Types].xml', 'xl/workbook.xml']), true, 'a table of Excel'],
    [
      'xlsx',
      zipOf(['[Content_Types].xml', 'xl/workbook.xml', 'xl/macrosheets/sheet1.xml']),
      false,
      'a table with old macros',
    ],
    ['pptx', zipOf(['[Content_Types].xml', 'ppt/presentation.xml']), true, 'slides'],
    ['odt', odt, true, 'an open document'],
    ['ods', odt, false, 'an open document of another kind'],
    [
      'odt',
      zipOf(['mimetype', 'Basic/Standard/a.xml'], 'application/vnd.oasis.opendocument.text'),
      false,
      'an open document with macros',
    ],
    ['docx', docx.subarray(0, docx.length - 10), false, 'a document whose end is missing'],
    [
      'docx',
      Buffer.concat([docx, docx.subarray(-22, -1)]),
      false,
      'a document with half an end after its end',
    ],
    ['docx', Buffer.concat([docx, Buffer.from('PK')]), false, 'a document with more after its end'],
    ['rtf', Buffer.from('{\\rtf1 Добрый день}'), true, 'rich text'],
    ['rtf', Buffer.from('{\\rtf1 {\\object\\objemb}}'), false, 'rich text with a file in it'],
    ['zip', docx, false, 'an archive'],
    ['lnk', Buffer.from('L\0\0\0'), false, 'a shortcut'],
    ['', pdf, false, 'a file without ending'],
    ['pdf', new Uint8Array(), false, 'nothing'],
  ];
  test.each(cases)('.%s %#: %4$s', (extension, bytes, expected) => {
    expect(mayBeOpened(extension, bytes)).toBe(expected);
  });
});

describe('a name on disk', () => {
  const cases: [string, string, string][] = [
    ['Снимок экрана.PNG', 'Снимок экрана', 'png'],
    ['../../etc/passwd.txt', 'passwd', 'txt'],
    ['C:\\Windows\\system32\\a.txt', 'a', 'txt'],
    ['отчёт\u202Efdp.exe', 'отчётfdp', 'exe'],
    ['a\u0000b\u001f.txt', 'ab', 'txt'],
    ['zero\u200Bwidth\uFEFF.pdf', 'zerowidth', 'pdf'],
    ['con.txt', 'file-con', 'txt'],
    ['COM1.tar.txt', 'file-COM1.tar', 'txt'],
    ['LPT¹.pdf', 'file-LPT¹', 'pdf'],
    ['console.txt', 'console', 'txt'],
    ['a.pdf. . ', 'a', 'pdf'],
    ['...pdf', 'file', 'pdf'],
    ['.bashrc', 'file', 'bashrc'],
    ['a:b*c?"<>|.txt', 'a_b_c_____', 'txt'],
    ['a.txt:Zone.Identifier', 'a.txt_Zone', 'identifier'],
    ['', 'file', ''],
    ['много   пробелов .pdf', 'много пробелов', 'pdf'],
    [`${'я'.repeat(400)}.pdf`, 'я'.repeat(100), 'pdf'],
  ];
  test.each(cases)('%j', (name, stem, extension) => {
    expect(safeFileName(name)).toEqual({ stem, extension });
  });
});

describe('an attachment', () => {
  async function openerWith(opens = true) {
    const folder = join(await mkdtemp(join(tmpdir(), 'stp-open-')), 'opened');
    onTestFinished(() => rm(dirname(folder), { recursive: true, force: true }));
    const opened: string[] = [];
    const openPath = (path: string): Promise<boolean> => {
      opened.push(path);
      return Promise.resolve(opens);
    };
    return { folder, opened, opener: new AttachmentOpener({ folder, platform: 'linux', openPath }) };
  }

  test('lies in a private folder while it is open, read-only', async () => {
    const { folder, opened, opener } = await openerWith();
    expect((await opener.open('Акт сверки.pdf', pdf)).ok).toBe(true);
    expect((await opener.open('Акт сверки.pdf', pdf)).ok).toBe(true);
    expect(opened.map((path) => basename(path))).toEqual(['Акт сверки.pdf', 'Акт сверки.pdf']);
    expect(new Set(opened).size).toBe(2);
    const [path = ''] = opened;
    expect(await readFile(path)).toEqual(pdf);
    const modes = await Promise.all(
      [folder, dirname(path), path].map(async (each) => (await stat(each)).mode & 0o777),
    );
    expect(modes).toEqual([0o700, 0o700, 0o400]);
  });

  test('is gone after clearing, and clearing nothing is no fault', async () => {
    const { folder, opener } = await openerWith();
    await opener.clear();
    await opener.open('a.pdf', pdf);
    await opener.clear();
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
  });

  test('that may run is refused and never written', async () => {
    const { folder, opened, opener } = await openerWith();
    for (const name of ['a.exe', 'a.pdf.exe', 'a\u202Efdp.exe', 'a.pdf\u0000.exe']) {
      expect(await opener.open(name, exe)).toEqual({ ok: false, error: { kind: 'unsafe-file' } });
    }
    expect(opened).toEqual([]);
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
  });

  test('that no program opens is told', async () => {
    const { opener } = await openerWith(false);
    expect(await opener.open('a.pdf', pdf)).toEqual({ ok: false, error: { kind: 'no-program' } });
  });
});
