import { randomUUID } from 'node:crypto';
import { encodeCp1251 } from '#test/fixtures/encode-cp1251.ts';

/** What a client's mail program puts on the wire. */
export interface ClientLetter {
  readonly messageId: string;
  readonly source: Uint8Array;
}

interface LetterParts {
  /** Name and address as the header has them. */
  readonly from?: string;
  readonly to?: string;
  readonly subject: string;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  readonly messageId?: string;
  readonly text?: string;
  readonly html?: string;
}

/** A letter of a client in UTF-8. */
export function clientLetter(parts: LetterParts): ClientLetter {
  const { from = 'Мария Клиентова <client@school.example>', to = 'support@example.test', subject } = parts;
  const messageId = parts.messageId ?? newMessageId();
  const lines = [
    `From: ${encodeName(from)}`,
    `To: ${to}`,
    `Subject: ${encodeWord(subject)}`,
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: ${messageId}`,
    ...(parts.inReplyTo === undefined ? [] : [`In-Reply-To: ${parts.inReplyTo}`]),
    ...(parts.references === undefined ? [] : [`References: ${parts.references.join('\r\n ')}`]),
    'MIME-Version: 1.0',
    `Content-Type: text/${parts.html === undefined ? 'plain' : 'html'}; charset=utf-8`,
    'Content-Transfer-Encoding: 8bit',
    '',
    parts.html ?? parts.text ?? '',
    '',
  ];
  return { messageId, source: Buffer.from(lines.join('\r\n'), 'utf8') };
}

/** A letter with attachments, whose names are written as RFC 2231 has it: any character can be in them. */
export function letterWithFiles(parts: {
  readonly subject: string;
  readonly text: string;
  readonly files: readonly {
    readonly name: string;
    readonly type: string;
    readonly bytes: Uint8Array;
    /** Stands within the text, as a pasted picture does. */
    readonly inline?: boolean;
  }[];
  readonly inReplyTo?: string;
}): ClientLetter {
  const messageId = newMessageId();
  const boundary = '----=_Part_1';
  const lines = [
    `From: ${encodeName('Мария Клиентова <client@school.example>')}`,
    'To: support@example.test',
    `Subject: ${encodeWord(parts.subject)}`,
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: ${messageId}`,
    ...(parts.inReplyTo === undefined ? [] : [`In-Reply-To: ${parts.inReplyTo}`]),
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    parts.text,
    ...parts.files.flatMap(({ name, type, bytes, inline = false }) => [
      `--${boundary}`,
      `Content-Type: ${type}`,
      'Content-Transfer-Encoding: base64',
      `Content-Disposition: ${inline ? 'inline' : 'attachment'}; filename*=utf-8''${encodeURIComponent(name)}`,
      '',
      Buffer.from(bytes).toString('base64'),
    ]),
    `--${boundary}--`,
    '',
  ];
  return { messageId, source: Buffer.from(lines.join('\r\n'), 'utf8') };
}

/** A letter as older Russian mail programs write them: everything in windows-1251, the file's name by RFC 2231. */
export function windows1251Letter(parts: {
  readonly name: string;
  readonly address: string;
  readonly subject: string;
  readonly text: string;
  readonly file: { readonly name: string; readonly bytes: Uint8Array };
}): ClientLetter {
  const messageId = newMessageId();
  const boundary = '----=_NextPart_000_0007';
  const word = (text: string): string => `=?windows-1251?B?${encodeCp1251(text).toString('base64')}?=`;
  const percent = [...encodeCp1251(parts.file.name)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
  const head = [
    `From: ${word(parts.name)} <${parts.address}>`,
    'To: <support@example.test>',
    `Subject: ${word(parts.subject)}`,
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: ${messageId}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset="windows-1251"',
    'Content-Transfer-Encoding: 8bit',
    '',
    '',
  ].join('\r\n');
  const tail = [
    '',
    `--${boundary}`,
    'Content-Type: application/octet-stream',
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment; filename*=windows-1251''${percent}`,
    '',
    Buffer.from(parts.file.bytes).toString('base64'),
    `--${boundary}--`,
    '',
  ].join('\r\n');
  return {
    messageId,
    source: Buffer.concat([Buffer.from(head), encodeCp1251(parts.text), Buffer.from(tail)]),
  };
}

function newMessageId(): string {
  return `<${randomUUID()}@school.example>`;
}

function encodeWord(text: string): string {
  return /^[\x20-\x7e]*$/u.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
}

function encodeName(mailbox: string): string {
  const [, name = '', address = mailbox] = /^(.*?)\s*(<[^>]*>)$/u.exec(mailbox) ?? [];
  return name === '' ? address : `${encodeWord(name)} ${address}`;
}
