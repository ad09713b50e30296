import MailComposer from 'nodemailer/lib/mail-composer';
import type { MailboxAddress } from '#shared/ticket/letter.ts';
import type { Language } from '#shared/text/language.ts';
import type { DemoFile } from './make-files.ts';

/** The programs that letters of the demo are written with: each quotes in its own way. */
export const mailPrograms = ['thunderbird', 'outlook', 'mail.ru', 'yandex', 'gmail', 'phone', 'old'] as const;
export type MailProgram = (typeof mailPrograms)[number];

/** The letter that another one answers. */
export interface Quoted {
  readonly from: MailboxAddress;
  readonly at: number;
  readonly text: string;
}

export interface LetterToWrite {
  readonly messageId: string;
  readonly from: MailboxAddress;
  readonly to: MailboxAddress;
  readonly subject: string;
  readonly at: number;
  /** What the writer says, signature included; paragraphs are parted by an empty line. */
  readonly text: string;
  readonly program: MailProgram;
  readonly language: Exclude<Language, 'en'>;
  readonly quoted?: Quoted;
  /** The thread, the answered letter last. */
  readonly references?: readonly string[];
  readonly files?: readonly DemoFile[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** The letter as its writer's program puts it on the wire. */
export async function writeLetter(letter: LetterToWrite): Promise<Buffer> {
  if (letter.program === 'old' && (letter.files ?? []).length === 0) return inWindows1251(letter);
  const { references = [], files = [] } = letter;
  const html = htmlOf(letter);
  return await new MailComposer({
    from: { ...letter.from },
    to: { ...letter.to },
    subject: letter.subject,
    date: new Date(letter.at),
    messageId: letter.messageId,
    ...(references.length === 0 ? {} : { inReplyTo: references.at(-1) ?? '', references: [...references] }),
    text: textOf(letter),
    ...(html === null ? {} : { html }),
    attachments: files.map((file) => ({ ...file })),
    headers: { ...letter.headers },
    newline: '\r\n',
  })
    .compile()
    .build();
}

function textOf({ text, quoted, program, language, subject, to }: LetterToWrite): string {
  if (quoted === undefined) return `${text}\n`;
  if (program === 'outlook') {
    const head = [
      `От: ${quoted.from.name} <${quoted.from.address}>`,
      `Отправлено: ${moment(quoted.at)}`,
      `Кому: ${to.address}`,
      `Тема: ${subject}`,
    ].join('\n');
    return `${text}\n\n-----Исходное сообщение-----\n${head}\n\n${quoted.text}\n`;
  }
  const lines = quoted.text.split('\n').map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`));
  return `${text}\n\n${attribution(quoted, program, language)}\n${lines.join('\n')}\n`;
}

/** Null for the programs that write plain text only. */
function htmlOf({ text, quoted, program, language }: LetterToWrite): string | null {
  if (program === 'thunderbird' || program === 'old' || program === 'phone') return null;
  const font = program === 'outlook' ? 'Calibri,sans-serif' : 'Arial,sans-serif';
  const own = `<div style="font-family:${font};font-size:11pt">${paragraphs(text)}</div>`;
  if (quoted === undefined) return own;
  const by = escape(attribution(quoted, program, language));
  const words = paragraphs(quoted.text);
  if (program === 'outlook') {
    return `${own}<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p><b>От:</b> ${escape(quoted.from.name)} &lt;${quoted.from.address}&gt;<br><b>Отправлено:</b> ${moment(quoted.at)}<br><b>Тема:</b> ${language === 'be' ? 'Адказ' : 'Ответ'}</p></div>${words}`;
  }
  if (program === 'gmail') {
    return `<div dir="ltr">${own}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">${by}<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">${words}</blockquote></div>`;
  }
  return `${own}<div>${by}</div><blockquote style="border-left:1px solid #0857A6;margin:10px;padding:0 0 0 10px">${words}</blockquote>`;
}

function attribution(
  { from, at }: Quoted,
  program: MailProgram,
  language: LetterToWrite['language'],
): string {
  const who = `${from.name} <${from.address}>`;
  switch (program) {
    case 'mail.ru':
      return `${weekday(at, language)}, ${day(at, language)}, ${clock(at)} +03:00 ${language === 'be' ? 'ад' : 'от'} ${who}:`;
    case 'yandex':
      return `${moment(at)}, "${from.name}" <${from.address}>:`;
    case 'gmail':
    case 'phone':
      return language === 'be'
        ? `${day(at, 'be')} у ${clock(at)} ${who} піша:`
        : `${day(at, 'ru')} в ${clock(at)}, ${who} пишет:`;
    default:
      return `${moment(at)}, ${from.name} ${language === 'be' ? 'піша' : 'пишет'}:`;
  }
}

const zone = { timeZone: 'Europe/Minsk' } as const;

function moment(at: number): string {
  return new Date(at).toLocaleString('ru', { ...zone, dateStyle: 'short', timeStyle: 'short' });
}

function clock(at: number): string {
  return new Date(at).toLocaleTimeString('ru', { ...zone, timeStyle: 'short' });
}

/** A day as people write it: «12 ноября 2026 г.» */
export function day(at: number, language: LetterToWrite['language']): string {
  return new Date(at).toLocaleDateString(language, {
    ...zone,
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
}

function weekday(at: number, language: LetterToWrite['language']): string {
  const word = new Date(at).toLocaleDateString(language, { ...zone, weekday: 'long' });
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function paragraphs(text: string): string {
  return text
    .split('\n\n')
    .map((part) => `<p>${escape(part).replaceAll('\n', '<br>')}</p>`)
    .join('');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The way a program of 2005 writes: windows-1251, eight bits, encoded words in the header. */
function inWindows1251(letter: LetterToWrite): Buffer {
  const { from, to, subject, at, messageId, references = [], headers = {} } = letter;
  const word = (text: string): string => `=?windows-1251?B?${windows1251(text).toString('base64')}?=`;
  const header = [
    `From: ${word(from.name)} <${from.address}>`,
    `To: <${to.address}>`,
    `Subject: ${word(subject)}`,
    `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${messageId}`,
    ...(references.length === 0
      ? []
      : [`In-Reply-To: ${references.at(-1) ?? ''}`, `References: ${references.join('\r\n ')}`]),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=windows-1251',
    'Content-Transfer-Encoding: 8bit',
  ].join('\r\n');
  return Buffer.concat([
    Buffer.from(`${header}\r\n\r\n`, 'latin1'),
    windows1251(textOf(letter).replaceAll('\n', '\r\n')),
  ]);
}

/** What the code page lacks becomes a question mark. */
function windows1251(text: string): Buffer {
  return Buffer.from(Array.from(text, (character) => bytesOf1251.get(character) ?? 0x3f));
}

const decoder = new TextDecoder('windows-1251');
const bytesOf1251 = new Map(
  Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]),
);
