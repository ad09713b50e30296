import { describe, expect, test } from 'vitest';
import { emptyColumns, mergeColumns } from '#renderer/cache/queue-columns.ts';
import { TicketSearch } from '#renderer/cache/ticket-search.ts';
import { sampleTicket } from './samples.ts';

const ticket = sampleTicket(0, {
  number: 1207,
  token: 'K7M2Q9XZ',
  subject: 'Не открывается электронный дневник: «Ёлка» у 5-«Б» класса',
  client: {
    name: 'Ганна Кавалёва-Міцкевіч',
    address: 'hanna.kavaleva@xn--80aaf6awgf.xn--90ais',
    phone: '+375 (29) 123-45-67',
  },
});
const columns = mergeColumns(emptyColumns(), [{ id: ticket.id, ticket }]);

function finds(text: string): boolean {
  return new TicketSearch(text).finds(columns, 0);
}

describe('a ticket is found by', () => {
  test.each([
    ['its number', '1207'],
    ['its number with a hash', '#1207'],
    ['its number with the numero sign', '№1207'],
    ['its number behind a space', '№ 1207'],
    ['a word of the subject', 'дневник'],
    ['the middle of a word', 'крывает'],
    ['words in another order', 'дневник открывается'],
    ['capitals', 'ДНЕВНИК'],
    ['е for ё', 'елка'],
    ['ё for е', 'дневник электронный ёлка'],
    ['и for і', 'мицкевич'],
    ['і for и', 'Кавалева Міцкевіч'],
    ['an accent', 'дневни\u0301к'],
    ['punctuation that stands elsewhere', '5-Б'],
    ['the client’s name', 'ганна кавалёва'],
    ['the address', 'hanna.kavaleva@'],
    ['the address’s domain as it travels', 'xn--80aaf6awgf.xn--90ais'],
    ['the address’s domain as it is read', 'справка.бел'],
    ['the token', 'k7m2q9xz'],
    ['the token as it stands in subjects', '[STP-K7M2Q9XZ]'],
    ['the phone as it was written down', '+375 (29) 123-45-67'],
    ['the phone without spaces', '+375291234567'],
    ['the phone as it is dialled at home', '8 029 123 45 67'],
    ['the phone as it is dialled at home, in one', '80291234567'],
    ['the phone in brackets', '8(029)1234567'],
    ['the end of the phone', '45-67'],
    ['the phone without its code', '123 45 67'],
    ['words on both sides of a phone', 'ганна 29 123-45-67 дневник'],
    ['nothing in particular', '  '],
    ['punctuation alone', '—'],
  ])('%s', (_, text) => {
    expect(finds(text)).toBe(true);
  });
});

describe('a ticket is not found by', () => {
  test.each([
    ['a word that it has not', 'принтер'],
    ['one word of several that it has not', 'дневник принтер'],
    ['another number', '#120'],
    ['a number of its phone', '#291234567'],
    ['a part of its number', '120'],
    ['few digits of its phone', '375'],
    ['another phone', '+375 29 123-45-68'],
    ['the end of one part and the beginning of the next', 'классаhanna'],
    ['letters that stand for digits inside', 'IACJBC'],
  ])('%s', (_, text) => {
    expect(finds(text)).toBe(false);
  });
});

test('a phone that is no Belarusian one is found by its digits', () => {
  const abroad = sampleTicket(1, { client: { name: '', address: '', phone: '+48 22 555-01-02' } });
  const other = mergeColumns(emptyColumns(), [{ id: abroad.id, ticket: abroad }]);
  expect(new TicketSearch('48225550102').finds(other, 0)).toBe(true);
  expect(new TicketSearch('555 0102').finds(other, 0)).toBe(true);
});
