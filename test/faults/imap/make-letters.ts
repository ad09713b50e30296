import type { Random } from '../../demo/random.ts';

/** Letters of every sort that identity and threading treat differently; none is like another. */
export class LetterMaker {
  readonly #random: Random;
  #made = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  next(): Buffer {
    this.#made += 1;
    const number = this.#made;
    const random = this.#random;
    const shape = random.integer(0, 9);
    const id = `<${number}.${random.integer(0, 1_000_000)}@client.example>`;
    const header = [
      `From: Client ${number} <client${number}@client.example>`,
      'To: support@example.test',
      ...(shape === 0 ? [] : [`Subject: ${shape === 1 ? encoded(`Заявка ${number}`) : `Request ${number}`}`]),
      ...(shape === 2 ? [] : [`Message-ID: ${id}`]),
      ...(shape === 3 ? [`In-Reply-To: <${number - 1}@client.example>`] : []),
      ...(shape === 4 ? ['Auto-Submitted: auto-replied'] : []),
      'Date: Mon, 16 Nov 2026 10:00:00 +0300',
      'MIME-Version: 1.0',
    ];
    const text = `Letter ${number}. ${'words '.repeat(random.integer(3, 120))}\r\n) \r\n* 1 EXISTS\r\n`;
    if (shape === 5) return Buffer.from([...header, ...report(number)].join('\r\n'));
    if (shape === 6) return Buffer.from([...header, ...withAttachment(text, random)].join('\r\n'));
    return Buffer.from([...header, 'Content-Type: text/plain; charset=utf-8', '', text].join('\r\n'));
  }
}

function encoded(words: string): string {
  return `=?utf-8?B?${Buffer.from(words).toString('base64')}?=`;
}

function withAttachment(text: string, random: Random): string[] {
  return [
    'Content-Type: multipart/mixed; boundary=b1',
    '',
    '--b1',
    'Content-Type: text/plain',
    '',
    text,
    '--b1',
    'Content-Type: application/octet-stream; name=data.bin',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(random.bytes(random.integer(30, 54))).toString('base64'),
    '--b1--',
    '',
  ];
}

/** A bounce (RFC 3464): the one sort of letter that ingest reads whole. */
function report(number: number): string[] {
  return [
    'Content-Type: multipart/report; report-type=delivery-status; boundary=r1',
    '',
    '--r1',
    'Content-Type: text/plain',
    '',
    'It could not be delivered.',
    '--r1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    `Final-Recipient: rfc822; lost${number}@client.example`,
    'Action: failed',
    'Status: 5.1.1',
    '',
    '--r1--',
    '',
  ];
}
