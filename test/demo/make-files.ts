import { crc32, deflateSync } from 'node:zlib';
import type { DemoFileKind } from './problems/problem.ts';
import type { Random } from './random.ts';

/** A file as it is attached to a letter. */
export interface DemoFile {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
}

/** Names of files as people and their computers give them; some are traps that the desk has to disarm. */
const names: Readonly<Record<DemoFileKind, readonly string[]>> = {
  picture: [
    'Снимок экрана.png',
    'image001.png',
    'Screenshot_2.png',
    'ошибка на сайте.png',
    'Без имени (3).png',
  ],
  order: [
    'Приказ № 118 «Об ответственном за сайт».docx',
    'приказ.docx',
    'Загад № 24.docx',
    'Приказ_(1)_испр.docx',
  ],
  list: ['Список.csv', 'перечень разделов.csv', 'Книга1.csv', '..\\..\\список для сайта.csv', 'CON.csv'],
  scan: ['Скан_0001.png', 'IMG_20261012_101523.png', 'договор\u202Egnp.exe.png', 'Письмо с подписью.png'],
};

/** A file of that kind; what it shows depends on chance, too. */
export function makeFile(kind: DemoFileKind, random: Random): DemoFile {
  const filename = random.pick(names[kind]);
  switch (kind) {
    case 'picture':
      return { filename, contentType: 'image/png', content: pageWithError(random.integer(0, 2)) };
    case 'scan':
      return { filename, contentType: 'image/png', content: scannedPage() };
    case 'list':
      // Semicolons and a byte order mark, as Excel in Belarus writes it.
      return {
        filename,
        contentType: 'text/csv',
        content: Buffer.from(
          `\uFEFFраздел;адрес;изменён\r\nНовости;/novosti;${random.integer(10, 28)}.10\r\nФотоальбомы;/foto;12.10\r\nОдно окно;/odno-okno;03.10\r\n`,
        ),
      };
    case 'order':
      return {
        filename,
        contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        content: wordDocument([
          `ПРИКАЗ № ${random.integer(20, 300)}`,
          'О назначении ответственного за сайт учреждения',
          'Возложить обязанности по наполнению сайта на сотрудника, указанного в письме.',
        ]),
      };
  }
}

type Colour = readonly [red: number, green: number, blue: number];
type Box = readonly [x: number, y: number, width: number, height: number, colour: Colour];

const grey: Colour = [214, 219, 226];
const ink: Colour = [108, 117, 130];

/** A browser window with the skeleton of a page, and something red on it. */
function pageWithError(variant: number): Buffer {
  const accent: Colour =
    (
      [
        [38, 99, 168],
        [46, 125, 80],
        [121, 74, 156],
      ] as const
    )[variant] ?? ink;
  return png(640, 400, [
    [0, 0, 640, 400, [255, 255, 255]],
    [0, 0, 640, 34, [232, 235, 240]],
    [12, 11, 12, 12, [226, 106, 96]],
    [32, 11, 12, 12, [236, 190, 84]],
    [52, 11, 12, 12, [110, 188, 100]],
    [90, 8, 420, 18, [255, 255, 255]],
    [0, 34, 640, 56, accent],
    [24, 50, 210, 22, [255, 255, 255]],
    ...[0, 1, 2, 3].map((n): Box => [360 + n * 66, 56, 50, 10, grey]),
    ...[0, 1, 2, 3, 4, 5].map((n): Box => [24, 112 + n * 34, 130, 16, grey]),
    [184, 112, 430, 74, [253, 232, 230]],
    [184, 112, 6, 74, [196, 48, 43]],
    [206, 128, 250, 14, [196, 48, 43]],
    [206, 154, 330, 10, ink],
    ...[0, 1, 2, 3, 4].map((n): Box => [184, 214 + n * 26, 430 - (n % 3) * 70, 10, grey]),
  ]);
}

/** A page of paper: a head, lines, a stamp. */
function scannedPage(): Buffer {
  return png(480, 640, [
    [0, 0, 480, 640, [250, 249, 244]],
    [130, 40, 220, 14, ink],
    [150, 64, 180, 10, ink],
    ...Array.from({ length: 14 }, (_, n): Box => [50, 130 + n * 24, 380 - (n % 4) * 30, 7, [150, 154, 160]]),
    [60, 520, 90, 8, ink],
    [250, 500, 110, 60, [176, 190, 226]],
    [258, 508, 94, 44, [250, 249, 244]],
  ]);
}

/** Boxes painted over each other, as a PNG of eight bits a colour (W3C PNG, third edition). */
function png(width: number, height: number, boxes: readonly Box[]): Buffer {
  const stride = width * 3 + 1;
  const pixels = Buffer.alloc(stride * height);
  for (const [x, y, boxWidth, boxHeight, colour] of boxes) {
    const row = Buffer.alloc(boxWidth * 3);
    for (let pixel = 0; pixel < boxWidth; pixel += 1) row.set(colour, pixel * 3);
    for (let line = y; line < y + boxHeight; line += 1) row.copy(pixels, line * stride + 1 + x * 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** The least that word processors open: paragraphs in Office Open XML (ECMA-376). */
function wordDocument(paragraphs: readonly string[]): Buffer {
  const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const text = paragraphs.map((line) => `<w:p><w:r><w:t>${line}</w:t></w:r></w:p>`).join('');
  return zip({
    '[Content_Types].xml': `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    '_rels/.rels': `${xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `${xml}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${text}</w:body></w:document>`,
  });
}

/** Stored files without compression (APPNOTE.TXT 4.3). */
function zip(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    const entry = ['PK\x01\x02', '\x14\x00'].map((bytes) => Buffer.from(bytes, 'latin1'));
    directory.push(...entry, common, tail, Buffer.from(name));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(Object.keys(files).length, 4);
  end.writeUInt16LE(Object.keys(files).length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, central, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
