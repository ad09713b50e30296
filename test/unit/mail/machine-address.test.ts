import { expect, test } from 'vitest';
import { isMachineAddress } from '#shared/mail/machine-address.ts';

test.each([
  ['noreply@schools.by', true],
  ['no-reply@mail.example', true],
  ['No.Reply@mail.example', true],
  ['do-not-reply@bank.example', true],
  ['donotreply@bank.example', true],
  ['noreply-orders@shop.example', true],
  ['orders-noreply@shop.example', true],
  ['MAILER-DAEMON@mx.example.by', true],
  ['postmaster@example.by', true],
  ['bounce+12-34@list.example', true],
  ['bounces@list.example', true],
  ['list-bounces@list.example', true],
  ['owner-teachers@list.example', true],
  ['teachers-owner@list.example', true],
  ['teachers-request@list.example', true],
  ['autoreply@example.by', true],
  ['listserv@example.by', true],
  ['', true],
  ['@example.by', true],
  ['director@school.example.by', false],
  ['noreen@school.example.by', false],
  ['reply@school.example.by', false],
  ['requests.anna@school.example.by', false],
  ['robotics@school.example.by', false],
  ['owners.club@school.example.by', false],
  ['info@school.example.by', false],
])('%j belongs to a program: %s', (address, expected) => {
  expect(isMachineAddress(address)).toBe(expected);
});
