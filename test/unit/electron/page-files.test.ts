import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerWithPageFile } from '#main/electron/page-files.ts';

let folder: string;
let pages: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stp-pages-'));
  pages = join(folder, 'renderer');
  await mkdir(join(pages, 'assets'), { recursive: true });
  await mkdir(join(folder, 'renderer-other'));
  await writeFile(join(pages, 'index.html'), '<p>desk</p>');
  await writeFile(join(pages, 'assets/ключ.js'), 'export {}');
  await writeFile(join(pages, 'notes.txt'), 'no page');
  await writeFile(join(folder, 'secret.js'), 'secret');
  await writeFile(join(folder, 'renderer-other/secret.js'), 'secret');
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

// `new URL` would tidy up the path; a hostile page can send it as it is.
const ask = (path: string, method = 'GET') =>
  answerWithPageFile(pages, { url: `app://desk${path}`, method } as Request);

describe('files of the desk', () => {
  test('come with their type and under the policy', async () => {
    const response = await ask('/index.html');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<p>desk</p>');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self';/u,
    );
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('may have names in any language', async () => {
    const response = await ask('/assets/%D0%BA%D0%BB%D1%8E%D1%87.js');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  test('come without a body for HEAD', async () => {
    const response = await ask('/index.html', 'HEAD');
    expect([response.status, response.body]).toEqual([200, null]);
  });
});

test.each([
  ['/../secret.js', 404],
  ['/..%2fsecret.js', 404],
  ['/assets/..%2f..%2fsecret.js', 404],
  ['/%2e%2e/renderer-other/secret.js', 404],
  ['/..%2frenderer-other%2fsecret.js', 404],
  ['/index.html%00.js', 404],
  ['/%E0%A4%A.js', 404],
  ['/assets', 404],
  ['/', 404],
  ['/missing.js', 404],
  ['/notes.txt', 404],
])('%s is refused', async (path, status) => {
  expect((await ask(path)).status).toBe(status);
});

test('nothing can be written', async () => {
  expect((await ask('/index.html', 'POST')).status).toBe(405);
});
