// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { cleanLetterHtml } from '#renderer/features/ticket/letter-html.ts';

const clean = (html: string, pictures: Record<string, string> = {}) =>
  cleanLetterHtml(html, new Map(Object.entries(pictures)));

/** What is left of a letter, without the frame's own head. */
function body(html: string, pictures?: Record<string, string>): string {
  return /<body>([\s\S]*)<\/body>/u.exec(clean(html, pictures).document)?.[1] ?? '';
}

describe('a letter of HTML', () => {
  test.each([
    ['a script', '<p>a<script>alert(1)</script></p>'],
    ['a handler', '<p onclick="alert(1)" onmouseover=alert(1)>a</p>'],
    ['a script link', '<a href="java\nscript:alert(1)">a</a>'],
    ['a form', '<form action="https://evil.example"><input name="password"><button>Go</button></form>'],
    ['a frame', '<iframe src="https://evil.example"></iframe><object data="x"></object><embed src="x">'],
    [
      'a base and a refresh',
      '<base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example">',
    ],
    [
      'a drawing with a script',
      '<svg><script>alert(1)</script><a xlink:href="javascript:alert(1)">x</a></svg>',
    ],
    [
      'a style sheet',
      '<style>@import url(https://evil.example/x.css)</style><link rel="stylesheet" href="https://evil.example/x.css">',
    ],
    ['a style that loads', '<p style="background:url(https://evil.example/x.png);color:red">a</p>'],
    [
      'a mutating mess',
      '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
    ],
  ])('runs and loads nothing: %s', (_name, html) => {
    const left = body(html);
    expect(left).not.toMatch(
      /<(?:script|style|form|input|button|iframe|object|embed|base|meta|link|svg|math)/iu,
    );
    expect(left).not.toMatch(/\son\w+\s*=|javascript:|evil\.example|@import/iu);
  });

  test('has its own policy before anything of the letter, and cannot close its frame', () => {
    const { document } = clean('</body></html><p>after</p>');
    expect(document).toMatch(/^<!doctype html><html><head>.*default-src 'none'.*<\/head><body>/u);
    expect(document.match(/<\/body>/gu)).toHaveLength(1);
    expect(document).toContain('<p>after</p>');
  });

  test('keeps what people wrote and how it looked', () => {
    expect(body('<p style="color: red">Добрый <b>день</b></p>')).toBe(
      '<p style="color: red">Добрый <b>день</b></p>',
    );
  });

  test('counts pictures from elsewhere and leaves them out', () => {
    const html =
      '<img src="https://t.example/1.gif" alt="one"><img src="//t.example/2.gif"><td background="http://t.example/3.gif">x</td>';
    expect(clean(html).blockedImages).toBeGreaterThanOrEqual(2);
    expect(body(html)).not.toContain('t.example');
    expect(clean('<img src="cid:logo">').blockedImages).toBe(0);
  });

  test('shows pictures that came with the letter, once they are here', () => {
    const picture = 'data:image/png;base64,AAAA';
    expect(clean('<img src="cid:logo@x">').wantedPictures).toEqual(['logo@x']);
    expect(body('<img src="cid:logo@x">')).not.toContain('cid:');
    expect(body('<img src="cid:logo%40x">', { 'logo@x': picture })).toContain(picture);
  });

  test('lists its links, each with the place where it leads, and none can be followed within the frame', () => {
    const html =
      '<a href="https://bank.example/login" target="_blank">https://school.by</a><a href="mailto:a@x.by">write</a><a name="top">x</a>';
    expect(clean(html).links).toEqual([
      { text: 'https://school.by', url: 'https://bank.example/login' },
      { text: 'write', url: 'mailto:a@x.by' },
    ]);
    const out = 'target="_blank" rel="noopener noreferrer"';
    expect(body(html)).toBe(
      `<a href="https://bank.example/login" ${out} title="https://bank.example/login">https://school.by</a>` +
        `<a href="mailto:a@x.by" ${out} title="mailto:a@x.by">write</a><a name="user-content-top">x</a>`,
    );
  });
});
