import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { externalUrl } from '#main/electron/external-url.ts';

describe('links that may open outside', () => {
  test.each([
    ['https://stp.by', 'https://stp.by/'],
    ['http://10.0.0.5:8080/path?q=1#part', 'http://10.0.0.5:8080/path?q=1#part'],
    ['HTTPS://Пример.бел/статья', 'https://xn--e1afmkfd.xn--90ais/%D1%81%D1%82%D0%B0%D1%82%D1%8C%D1%8F'],
    ['mailto:ivanov@gov.by?subject=x&cc=a@b.by', 'mailto:ivanov@gov.by?subject=x&cc=a@b.by'],
    ['tel:+375(17)123-45-67', 'tel:+375(17)123-45-67'],
  ])('%s', (link, opened) => {
    expect(externalUrl(link)).toBe(opened);
  });
});

describe('links that may not', () => {
  test.each([
    '',
    'stp.by',
    '/article/5',
    'file:///etc/passwd',
    'file://server/share/run.exe',
    'smb://server/share',
    'javascript:alert(1)',
    'data:text/html,<script>1</script>',
    'blob:https://stp.by/1',
    'app://desk/index.html',
    'ms-msdt:/id',
    'search-ms:query=x',
    'vbscript:x',
    'https://stp.by@evil.example/',
    'https://user:secret@evil.example/',
    'https://',
    'https:\\\\evil.example',
    ' https://stp.by',
    'https://stp.by/\n--flag',
    'https://stp.by/\u0000',
    'https://stp.by/"&calc',
    'mailto:a@b.by?attach=/etc/passwd',
    'mailto:a@b.by?Attachment=C:\\secret',
    'tel:*#06#',
    'tel:',
    `https://stp.by/${'x'.repeat(4000)}`,
  ])('%j', (link) => {
    expect(externalUrl(link)).toBeUndefined();
  });
});

test('whatever comes in, only an allowed scheme goes out, and once more through it changes nothing', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.webUrl(),
        fc.string().map((text) => `mailto:${text}`),
      ),
      (text) => {
        const opened = externalUrl(text);
        if (opened === undefined) return;
        expect(opened).toMatch(/^(?:https?|mailto|tel):/u);
        expect(externalUrl(opened)).toBe(opened);
      },
    ),
  );
});
