import { describe, expect, test } from 'vitest';
import { downloadName } from '#renderer/bridge/save-blob.ts';
import { attachmentUse } from '#renderer/features/ticket/attachment-kind.ts';
import { decodeTextFile } from '#renderer/features/ticket/decode-text-file.ts';
import { visibleName } from '#renderer/features/ticket/visible-name.ts';

describe('the name of an attachment as it is shown', () => {
  test.each([
    ['договор.pdf', 'договор.pdf'],
    ['..\\..\\Windows\\System32\\evil.exe', 'evil.exe'],
    ['/etc/passwd', 'passwd'],
    ['folder/', 'folder'],
    // Reads "счётexe.jpg" where the direction turns.
    ['счёт\u202Egpj.exe', 'счёт[U+202E]gpj.exe'],
    ['a\u0000b\tc.txt', 'a[U+0000]b[U+0009]c.txt'],
    ['a\u200Bb.txt', 'a[U+200B]b.txt'],
    ['', '[?]'],
    ['../..\\', '..'],
  ])('%j is %j', (name, shown) => {
    expect(visibleName(name)).toBe(shown);
  });
});

describe('the name of an attachment as it is saved', () => {
  test.each([
    ['договор.pdf', 'договор.pdf'],
    ['..\\..\\Windows\\evil.exe', 'evil.exe'],
    ['/etc/passwd', 'passwd'],
    ['счёт\u202Egpj.exe', 'счётgpj.exe'],
    ['CON.txt', '_CON.txt'],
    ['nul', '_nul'],
    ['com1.tar.gz', '_com1.tar.gz'],
    ['LPT9', '_LPT9'],
    ['console.log', 'console.log'],
    ['a<b>:"c|d?*.txt', 'a_b___c_d__.txt'],
    ['..hidden. ', 'hidden'],
    ['\u202E', 'attachment'],
    ['', 'attachment'],
  ])('%j is %j', (name, saved) => {
    expect(downloadName(name)).toBe(saved);
  });
});

describe('what can be done with an attachment', () => {
  const use = (name: string, type = 'application/octet-stream', size = 1000) =>
    attachmentUse({ name, type, size });

  test.each([
    ['снимок.PNG', 'picture', 'picture', true],
    ['журнал.log', 'text', 'text', true],
    ['таблица.csv', 'text', 'text', false],
    ['договор.pdf', 'document', null, true],
    ['архив.zip', 'archive', null, false],
    ['setup.exe', 'program', null, false],
    ['счёт\u202Egpj.exe', 'program', null, false],
    ['договор.pdf.js', 'program', null, false],
    ['evil.exe .', 'program', null, false],
    ['отчёт.xlsm', 'program', null, false],
    ['page.html', 'program', null, false],
    ['drawing.svg', 'program', null, false],
    ['данные.sig', 'other', null, false],
  ] as const)('%j', (name, kind, preview, opens) => {
    // What the sender calls it does not count where the name has an ending.
    expect(use(name, 'image/png')).toEqual({ kind, preview, opens });
  });

  test('the type counts where the name has no ending', () => {
    expect(use('image', 'image/png')).toEqual({ kind: 'picture', preview: 'picture', opens: false });
    expect(use('program', 'application/x-msdownload').kind).toBe('other');
  });

  test('what is too large is not looked at inside the desk', () => {
    expect(use('plan.png', 'image/png', 30_000_000).preview).toBeNull();
  });
});

describe('a text file', () => {
  const bytesOf = (...bytes: number[]) => new Uint8Array(bytes);

  test('is read as UTF-8, as windows-1251 where it is none, and as UTF-16 by its mark', () => {
    expect(decodeTextFile(new TextEncoder().encode('Привет'))?.text).toBe('Привет');
    expect(decodeTextFile(bytesOf(0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2))?.text).toBe('Привет');
    expect(decodeTextFile(bytesOf(0xff, 0xfe, 0x1f, 0x04))?.text).toBe('П');
  });

  test('is none with NUL bytes, and is cut when it is long', () => {
    expect(decodeTextFile(bytesOf(0x4d, 0x5a, 0x00))).toBeNull();
    expect(decodeTextFile(new TextEncoder().encode('a'.repeat(300_000)))).toMatchObject({ cut: true });
  });
});
