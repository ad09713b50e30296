import { describe, expect, test } from 'vitest';
import type { DraftId } from '#shared/ids.ts';
import {
  allowedRecipients,
  newestClientLetter,
  reopenDraft,
  startDraft,
  type DraftStart,
} from '#renderer/features/compose/start-draft.ts';
import { client, content, draft, letter, receivedAt, service, ticket } from './sample-ticket.ts';

const id = '01900000-0000-7000-8000-0000000000aa' as DraftId;
const director = { name: 'Директор', address: 'director@school.example' };
const stranger = { name: 'Чужой', address: 'stranger@elsewhere.example' };

function start(changes: Partial<DraftStart> = {}): DraftStart {
  return {
    id,
    ticket: ticket(),
    version: 42,
    letters: [letter(1, { content: content(1) })],
    ownAddress: service.address,
    now: receivedAt,
    attribution: () => 'Ирина пишет:',
    ...changes,
  };
}

describe('a new answer', () => {
  test('goes to the sender of the newest client letter, whatever the order', () => {
    const letters = [
      letter(3, { direction: 'out', from: service, to: [client] }),
      letter(2, { from: director }),
      letter(1),
    ];
    expect(newestClientLetter(letters)?.from).toEqual(director);
    expect(startDraft(start({ letters })).to).toEqual([director]);
  });

  test('answers a person, not the automatic reply that came after the letter', () => {
    const letters = [letter(1), letter(2, { from: director, kind: 'auto-reply' })];
    expect(startDraft(start({ letters }))).toMatchObject({ to: [client], inReplyTo: '<1@school.example>' });
    expect(newestClientLetter(letters.slice(1))?.from).toEqual(director);
  });

  test('follows a Reply-To that names a participant', () => {
    const letters = [letter(1, { content: content(1, { replyTo: [director] }) })];
    expect(startDraft(start({ letters })).to).toEqual([{ name: '', address: director.address }]);
  });

  test('ignores a Reply-To and a Cc that name strangers', () => {
    const letters = [letter(1, { cc: [stranger, director], content: content(1, { replyTo: [stranger] }) })];
    const { to, cc } = startDraft(start({ letters }));
    expect(to).toEqual([client]);
    expect(cc).toEqual([director]);
  });

  test('never goes to the service itself', () => {
    const own = ticket({ participants: [client.address, service.address] });
    expect(allowedRecipients(own, [letter(1)], service.address)).toEqual([client]);
    expect(startDraft(start({ ticket: own })).cc).toEqual([]);
  });

  test('threads: answers the letter and carries its references with its own id last', () => {
    const letters = [letter(1, { content: content(1, { references: ['<a@x>', '<b@x>'] }) })];
    expect(startDraft(start({ letters }))).toMatchObject({
      inReplyTo: '<1@school.example>',
      references: ['<a@x>', '<b@x>', '<1@school.example>'],
      ticketToken: '0123ABCD',
      ticketVersion: 42,
    });
  });

  test('has one prefix and no token in its subject', () => {
    const letters = [letter(1, { subject: 'Re: FW: Квота [STP-0123ABCD]' })];
    expect(startDraft(start({ letters })).subject).toBe('Re: Квота');
  });

  test('quotes what the client wrote now, below two empty lines', () => {
    const letters = [letter(1, { content: content(1, { text: 'Раз\nДва\n> старое' }) })];
    expect(startDraft(start({ letters })).text).toBe('\n\nИрина пишет:\n> Раз\n> Два\n');
  });

  test('begins empty where the letter is not here yet, or there is none', () => {
    expect(startDraft(start({ letters: [letter(1)] })).text).toBe('');
    expect(startDraft(start({ letters: [] }))).toMatchObject({
      to: [client],
      text: '',
      inReplyTo: null,
      references: [],
      subject: 'Re: Квота',
    });
  });
});

describe('a draft that waited', () => {
  test('is measured from the ticket that its agent sees when going on with it', () => {
    const waiting = draft({ ticketVersion: 42, inReplyTo: '<1@school.example>' });
    expect(reopenDraft(waiting, 57)).toEqual({ ...waiting, ticketVersion: 57 });
  });

  test('is never measured from an older one', () => {
    expect(reopenDraft(draft({ ticketVersion: 42 }), 7).ticketVersion).toBe(42);
  });
});
