import { chown, mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dovecot } from '../fakes/start-dovecot.ts';

/** Fixed, so that runs and machines can be compared. */
export const corpus = { letters: 20_000, bytes: 146_000_000 } as const;

/** Where the letters of the corpus begin to arrive; one a minute. */
const firstAt = Date.UTC(2026, 0, 5, 6, 0, 0);

const words =
  'заявка клиент ошибка обновление отчет сервер доступ пароль принтер договор счет оплата модуль версия список ' +
  'запрос ответ система журнал документ печать сохранение форма поле таблица экран кнопка настройка сотрудник ' +
  'учреждение специалист телефон адрес письмо вложение файл архив база данных сеть подключение';
const vocabulary = words.split(' ');

/** Mulberry32: small, fast, the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function sentence(random: () => number, count: number): string {
  return Array.from({ length: count }, () => vocabulary[Math.floor(random() * vocabulary.length)]).join(' ');
}

function paragraphs(random: () => number, length: number): string {
  let text = '';
  while (text.length < length) text += `${sentence(random, 9)}.\r\n${random() < 0.2 ? '\r\n' : ''}`;
  return text;
}

/** Windows-1251 of the basic Russian alphabet; all else in these letters is ASCII. */
function windows1251(text: string): Buffer {
  const bytes = Buffer.alloc(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    bytes[index] = code < 0x80 ? code : code - 0x410 + 0xc0;
  }
  return bytes;
}

function base64Lines(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll(/.{76}/gu, '$&\r\n');
}

/**
 * One letter of the kinds that such a mailbox holds: plain text, text with HTML, and letters with a scan, whose size
 * makes up for what the others lack.
 */
function letterOf(number: number, lacking: number, random: () => number): Buffer {
  const thread = Math.floor(number / 3);
  const encoded = Buffer.from(`Заявка ${thread}: ${sentence(random, 3)}`).toString('base64');
  const head = [
    `Return-Path: <client${thread % 900}@org${thread % 120}.example>`,
    `Received: from mx.org${thread % 120}.example by mail.example with ESMTPS id ${number.toString(36)};`,
    `\t${new Date(firstAt + number * 60_000).toUTCString()}`,
    `From: =?UTF-8?B?${Buffer.from(sentence(random, 2)).toString('base64')}?= <client${thread % 900}@org${thread % 120}.example>`,
    'To: support@example.test',
    `Subject: =?UTF-8?B?${encoded}?=`,
    `Message-ID: <${number}.${thread}@org${thread % 120}.example>`,
    ...(number % 3 === 0 ? [] : [`In-Reply-To: <${number - 1}.${thread}@org${thread % 120}.example>`]),
    `Date: ${new Date(firstAt + number * 60_000).toUTCString()}`,
    'MIME-Version: 1.0',
  ];
  const kind = random();
  // The last one is short, so that padding can fill the sum.
  if (kind < 0.6 || number === corpus.letters) {
    const body = windows1251(paragraphs(random, 500 + random() * 2_200));
    const type = 'Content-Type: text/plain; charset=windows-1251\r\nContent-Transfer-Encoding: 8bit';
    return Buffer.concat([Buffer.from([...head, type, '', ''].join('\r\n')), body]);
  }
  const text = paragraphs(random, 400 + random() * 1_100);
  const html = `<html><body>${text
    .split('\r\n')
    .map((line) => `<p style="margin:0;font-family:Arial">${line}</p>`)
    .join('\r\n')}</body></html>\r\n`;
  const alternative = [
    'Content-Type: multipart/alternative; boundary="=_alt"',
    '',
    '--=_alt',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    base64Lines(Buffer.from(text)),
    '--=_alt',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    base64Lines(Buffer.from(html)),
    '--=_alt--',
    '',
  ].join('\r\n');
  if (kind < 0.95) return Buffer.from([...head, alternative].join('\r\n'));
  const scan = Buffer.alloc(Math.max(2_000, Math.min(90_000, Math.floor(lacking * 0.7))));
  for (let index = 0; index < scan.length; index += 1) scan[index] = Math.floor(random() * 256);
  return Buffer.from(
    [
      ...head,
      'Content-Type: multipart/mixed; boundary="=_mix"',
      '',
      '--=_mix',
      alternative,
      '--=_mix',
      'Content-Type: application/pdf; name="scan.pdf"',
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment; filename="scan.pdf"',
      '',
      base64Lines(scan),
      '--=_mix--',
      '',
    ].join('\r\n'),
  );
}

/** The letters of the corpus in order; their sizes add up to `corpus.bytes` exactly. */
export function* corpusLetters(): Generator<{ bytes: Buffer; receivedAt: number }, void> {
  const random = randomFrom(20_261_116);
  let left: number = corpus.bytes;
  for (let number = 1; number <= corpus.letters; number += 1) {
    const due = Math.round((corpus.bytes / corpus.letters) * number);
    const made = letterOf(number, due - (corpus.bytes - left), random);
    const padding = number === corpus.letters ? left - made.length : 0;
    if (padding < 0) throw new Error('The corpus does not fit its size; change the kinds of letters.');
    const bytes = Buffer.concat([made, Buffer.alloc(padding, '.')]);
    left -= bytes.length;
    yield { bytes, receivedAt: firstAt + number * 60_000 };
  }
}

/**
 * Puts the corpus into the Maildir of a server as Dovecot's own delivery agent does: line ends LF, sizes on disk and on
 * the wire in the names, time of receipt as mtime.
 */
export async function deliverCorpus(server: Dovecot): Promise<{ letters: number; bytes: number }> {
  const folder = join(server.mailFolder, 'cur');
  for (const name of ['cur', 'new', 'tmp']) {
    const path = join(server.mailFolder, name);
    await mkdir(path, { recursive: true });
    await chown(path, server.owner.uid, server.owner.gid);
  }
  let letters = 0;
  let total = 0;
  let writes: Promise<void>[] = [];
  for (const { bytes, receivedAt } of corpusLetters()) {
    letters += 1;
    total += bytes.length;
    const seconds = Math.floor(receivedAt / 1_000);
    const stored = Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
    const name = `${seconds}.M${letters}P1.bench,S=${stored.length},W=${bytes.length}:2,S`;
    writes.push(place(join(folder, name), stored, seconds, server.owner));
    if (writes.length === 64) {
      await Promise.all(writes);
      writes = [];
    }
  }
  await Promise.all(writes);
  return { letters, bytes: total };
}

async function place(path: string, bytes: Buffer, seconds: number, owner: Dovecot['owner']): Promise<void> {
  await writeFile(path, bytes);
  await utimes(path, seconds, seconds);
  await chown(path, owner.uid, owner.gid);
}
