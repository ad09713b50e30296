import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostResolverRules, toBrowserUrl, toPublicUrl } from '#test/electron-host/scheme-origin.ts';

const schemes = new Set(['app', 'letter']);

describe('addresses inside the browser', () => {
  test.each([
    ['app://desk/index.html?a=1#b', 'http://desk.app.localhost/index.html?a=1#b'],
    ['app://desk', 'http://desk.app.localhost/'],
    ['letter://a.b/', 'http://a.b.letter.localhost/'],
    ['https://stp.by/', 'https://stp.by/'],
    ['other://desk/', 'other://desk/'],
  ])('%s', (url, inBrowser) => {
    expect(toBrowserUrl(url, schemes)).toBe(inBrowser);
  });
});

describe('addresses that the application sees', () => {
  test.each([
    ['http://desk.app.localhost/x?y', 'app://desk/x?y'],
    ['http://desk.app.localhost', 'app://desk'],
    ['http://localhost/', 'http://localhost/'],
    ['http://desk.app.localhost.evil.example/', 'http://desk.app.localhost.evil.example/'],
    ['http://evil.example/desk.app.localhost', 'http://evil.example/desk.app.localhost'],
    ['http://desk.http.localhost/', 'http://desk.http.localhost/'],
    ['https://desk.app.localhost/', 'https://desk.app.localhost/'],
    ['about:blank', 'about:blank'],
  ])('%s', (url, seen) => {
    expect(toPublicUrl(url, schemes)).toBe(seen);
  });
});

test('an address of a registered scheme survives the way there and back', () => {
  fc.assert(
    fc.property(fc.constantFrom(...schemes), fc.domain(), fc.webPath(), (scheme, host, path) => {
      const url = `${scheme}://${host}${path || '/'}`;
      expect(toPublicUrl(toBrowserUrl(url, schemes), schemes)).toBe(url);
    }),
  );
});

test('all schemes lead to one port', () => {
  expect(hostResolverRules(schemes, 5000)).toBe(
    'MAP *.app.localhost 127.0.0.1:5000,MAP *.letter.localhost 127.0.0.1:5000',
  );
});
