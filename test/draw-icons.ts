import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

/*
 * Draws resources/icons and resources/tray: an envelope on a rounded square, with a dot where something is overdue. Run
 * it after a change of the mark; what it draws is committed.
 */

/** Red, green, blue, opacity: 0 to 255. */
type Colour = readonly [number, number, number, number];
/** How far a point is outside of a shape; negative inside. Points and distances are fractions of the picture. */
type Shape = (x: number, y: number) => number;
interface Layer {
  readonly shape: Shape;
  readonly colour: Colour;
}

const ground: Colour = [54, 79, 199, 255];
const paper: Colour = [255, 255, 255, 255];
const red: Colour = [224, 49, 49, 255];
const clear: Colour = [0, 0, 0, 0];

function roundedRectangle(left: number, top: number, right: number, bottom: number, radius: number): Shape {
  const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
  const [halfX, halfY] = [(right - left) / 2 - radius, (bottom - top) / 2 - radius];
  return (x, y) => {
    const dx = Math.abs(x - middleX) - halfX;
    const dy = Math.abs(y - middleY) - halfY;
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
  };
}

function line(fromX: number, fromY: number, toX: number, toY: number, width: number): Shape {
  const [alongX, alongY] = [toX - fromX, toY - fromY];
  return (x, y) => {
    const part = ((x - fromX) * alongX + (y - fromY) * alongY) / (alongX ** 2 + alongY ** 2);
    const at = Math.min(Math.max(part, 0), 1);
    return Math.hypot(x - fromX - at * alongX, y - fromY - at * alongY) - width / 2;
  };
}

function disc(middleX: number, middleY: number, radius: number): Shape {
  return (x, y) => Math.hypot(x - middleX, y - middleY) - radius;
}

const mark: readonly Layer[] = [
  { shape: roundedRectangle(0.03, 0.03, 0.97, 0.97, 0.2), colour: ground },
  { shape: roundedRectangle(0.19, 0.27, 0.81, 0.73, 0.06), colour: paper },
  { shape: line(0.22, 0.33, 0.5, 0.54, 0.07), colour: ground },
  { shape: line(0.5, 0.54, 0.78, 0.33, 0.07), colour: ground },
];
const overdueMark: readonly Layer[] = [
  ...mark,
  { shape: disc(0.74, 0.74, 0.29), colour: clear },
  { shape: disc(0.74, 0.74, 0.23), colour: red },
];
const overlay: readonly Layer[] = [{ shape: disc(0.5, 0.5, 0.46), colour: red }];

/** RGBA, row by row; each pixel is the mean of 8 by 8 points. */
function paint(layers: readonly Layer[], size: number): Uint8Array {
  const points = 8;
  const pixels = new Uint8Array(size * size * 4);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const sum = [0, 0, 0, 0];
      for (let point = 0; point < points * points; point++) {
        const x = (column + ((point % points) + 0.5) / points) / size;
        const y = (row + (Math.floor(point / points) + 0.5) / points) / size;
        const [r, g, b, a] = layers.findLast(({ shape }) => shape(x, y) <= 0)?.colour ?? clear;
        for (const [at, value] of [r * a, g * a, b * a, a].entries()) sum[at] = (sum[at] ?? 0) + value;
      }
      const opacity = sum[3] ?? 0;
      const at = (row * size + column) * 4;
      for (let part = 0; part < 3; part++) {
        pixels[at + part] = opacity === 0 ? 0 : Math.round((sum[part] ?? 0) / opacity);
      }
      pixels[at + 3] = Math.round(opacity / points ** 2);
    }
  }
  return pixels;
}

/** PNG (RFC 2083): 8 bits a channel, no filters. */
function png(pixels: Uint8Array, size: number): Buffer {
  const rows = Buffer.alloc((size * 4 + 1) * size);
  for (let row = 0; row < size; row++) {
    rows.set(pixels.subarray(row * size * 4, (row + 1) * size * 4), row * (size * 4 + 1) + 1);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** Windows' icon file: small pictures as bitmaps, which everything reads, the largest as PNG. */
function ico(layers: readonly Layer[], sizes: readonly number[]): Buffer {
  const pictures = sizes.map((size) =>
    size < 256 ? bitmap(paint(layers, size), size) : png(paint(layers, size), size),
  );
  const head = Buffer.alloc(6 + 16 * sizes.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(sizes.length, 4);
  let offset = head.length;
  for (const [number, size] of sizes.entries()) {
    const at = 6 + 16 * number;
    const bytes = pictures[number]?.length ?? 0;
    head.set([size % 256, size % 256], at);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(bytes, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += bytes;
  }
  return Buffer.concat([head, ...pictures]);
}

/** BITMAPINFOHEADER, rows from below in BGRA, and an empty mask: opacity says it all. */
function bitmap(pixels: Uint8Array, size: number): Buffer {
  const maskBytes = Math.ceil(size / 32) * 4 * size;
  const bytes = Buffer.alloc(40 + size * size * 4 + maskBytes);
  bytes.writeUInt32LE(40, 0);
  bytes.writeInt32LE(size, 4);
  bytes.writeInt32LE(size * 2, 8);
  bytes.writeUInt16LE(1, 12);
  bytes.writeUInt16LE(32, 14);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const from = (row * size + column) * 4;
      const to = 40 + ((size - 1 - row) * size + column) * 4;
      bytes.set([pixels[from + 2] ?? 0, pixels[from + 1] ?? 0, pixels[from] ?? 0, pixels[from + 3] ?? 0], to);
    }
  }
  return bytes;
}

const resources = join(import.meta.dirname, '../resources');
/** Of the application: packers take every picture of this folder. */
const icons = join(resources, 'icons');
const tray = join(resources, 'tray');
for (const folder of [icons, tray]) mkdirSync(folder, { recursive: true });
const draw = (path: string, layers: readonly Layer[], size: number): void =>
  writeFileSync(path, png(paint(layers, size), size));

for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) draw(join(icons, `${size}x${size}.png`), mark, size);
writeFileSync(join(icons, 'icon.ico'), ico(mark, [16, 24, 32, 48, 64, 128, 256]));
// Electron takes the `@2x` beside it on dense displays.
for (const [name, layers] of [
  ['tray', mark],
  ['tray-overdue', overdueMark],
  ['overlay-overdue', overlay],
] as const) {
  draw(join(tray, `${name}.png`), layers, 16);
  draw(join(tray, `${name}@1.5x.png`), layers, 24);
  draw(join(tray, `${name}@2x.png`), layers, 32);
}
