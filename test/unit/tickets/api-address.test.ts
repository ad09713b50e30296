import { describe, expect, test } from 'vitest';
import { canonicalApiUrl } from '#main/tickets/api-address.ts';

describe('the address of an API', () => {
  test.each([
    ['https://Tickets.Example.BY', 'https://tickets.example.by'],
    [' https://tickets.example.by/ ', 'https://tickets.example.by'],
    ['tickets.example.by', 'https://tickets.example.by'],
    ['tickets.example.by:8443', 'https://tickets.example.by:8443'],
    ['https://tickets.example.by:443/api//', 'https://tickets.example.by/api'],
    ['https://заявки.бел', 'https://xn--80aengj8j.xn--90ais'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
  ])('%s is %s', (text, canonical) => {
    expect(canonicalApiUrl(text)).toEqual({ ok: true, value: canonical });
  });

  test.each([
    'http://tickets.example.by',
    'http://127.0.0.1.example.by',
    'http://10.0.0.1',
    'HTTP://localhost.by',
  ])('%s would send passwords in plain text', (text) => {
    expect(canonicalApiUrl(text)).toEqual({ ok: false, error: 'plain-text-refused' });
  });

  test.each([
    '',
    'https://',
    'ftp://example.by',
    'https://u:p@example.by',
    'https://example.by/?a=1',
    'https://a b',
  ])('"%s" is none', (text) => {
    expect(canonicalApiUrl(text)).toEqual({ ok: false, error: 'bad-address' });
  });
});
