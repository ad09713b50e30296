import { describe, expect, test } from 'vitest';
import type { DraftId } from '#shared/ids.ts';
import {
  allowedRecipients,
  newestClientLetter,
  reopenDraft,
  startAnswer,
  startForward,
  startLetter,
  type DraftStart,
} from '#renderer/features/compose/start-draft.ts';
import { withQuote } from '#renderer/features/compose/quote-letter.ts';
import { waitingDraft } from '#renderer/features/compose/waiting-draft.ts';
import { client, content, draft, letter, receivedAt, service, ticket } from '../renderer/sample-ticket.ts';

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
    signature: { fromName: '', text: '' },
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
    expect(startAnswer(start({ letters })).to).toEqual([director]);
  });

  test('answers a person, not the automatic reply that came after the letter', () => {
    const letters = [letter(1), letter(2, { from: director, kind: 'auto-reply' })];
    expect(startAnswer(start({ letters }))).toMatchObject({ to: [client], inReplyTo: '<1@school.example>' });
    expect(newestClientLetter(letters.slice(1))?.from).toEqual(director);
  });

  test('follows a Reply-To that names a participant', () => {
    const letters = [letter(1, { content: content(1, { replyTo: [director] }) })];
    expect(startAnswer(start({ letters })).to).toEqual([{ name: '', address: director.address }]);
  });

  test('ignores a Reply-To and a Cc that name strangers', () => {
    const letters = [letter(1, { cc: [stranger, director], content: content(1, { replyTo: [stranger] }) })];
    const { to, cc } = startAnswer(start({ letters }));
    expect(to).toEqual([client]);
    expect(cc).toEqual([director]);
  });

  test('never goes to the service itself', () => {
    const own = ticket({ participants: [client.address, service.address] });
    expect(allowedRecipients(own, [letter(1)], service.address)).toEqual([client]);
    expect(startAnswer(start({ ticket: own })).cc).toEqual([]);
  });

  test('threads: answers the letter and carries its references with its own id last', () => {
    const letters = [letter(1, { content: content(1, { references: ['<a@x>', '<b@x>'] }) })];
    expect(startAnswer(start({ letters }))).toMatchObject({
      inReplyTo: '<1@school.example>',
      references: ['<a@x>', '<b@x>', '<1@school.example>'],
      ticketToken: '0123ABCD',
      ticketVersion: 42,
    });
  });

  test('has one prefix and no token in its subject', () => {
    const letters = [letter(1, { subject: 'Re: FW: Квота [STP-0123ABCD]' })];
    expect(startAnswer(start({ letters })).subject).toBe('Re: Квота');
  });

  test('quotes what the client wrote now, below two empty lines', () => {
    const letters = [letter(1, { content: content(1, { text: 'Раз\nДва\n> старое' }) })];
    expect(startAnswer(start({ letters })).text).toBe('\n\nИрина пишет:\n> Раз\n> Два');
  });

  test('begins empty where the letter is not here yet, or there is none', () => {
    expect(startAnswer(start({ letters: [letter(1)] })).text.trim()).toBe('');
    expect(startAnswer(start({ letters: [] }))).toMatchObject({
      to: [{ address: client.address }],
      text: '\n',
      inReplyTo: null,
      references: [],
      subject: 'Re: Квота',
    });
  });
});

describe('what stands in a new letter besides the quote', () => {
  const signature = { fromName: 'Первая линия', text: 'С уважением,\nАнна Иванова' };

  test('the signature of the group above the quote, in both alternatives, under its From name', () => {
    const letters = [letter(1, { content: content(1, { text: 'Раз' }) })];
    const { text, html, fromName } = startAnswer(start({ letters, signature }));
    expect(text).toBe('\n\nС уважением,\nАнна Иванова\n\nИрина пишет:\n> Раз');
    expect(html).toBe(
      '<p></p><p></p><p>С уважением,</p><p>Анна Иванова</p><p></p>' +
        '<div data-quoted=""><p>Ирина пишет:</p><blockquote><p>Раз</p></blockquote></div>',
    );
    expect(fromName).toBe('Первая линия');
  });

  test('only the part that the agent has marked, answering the letter it stands in', () => {
    const letters = [
      letter(1, { from: director, content: content(1, { text: 'Первое письмо' }) }),
      letter(2, { content: content(2, { text: 'Второе письмо' }) }),
    ];
    const selected = { letterId: letter(1).id, text: 'Первое' };
    const answer = startAnswer(start({ letters }), selected);
    expect(answer.text).toBe('\n\nИрина пишет:\n> Первое');
    expect(answer).toMatchObject({ inReplyTo: '<1@school.example>', to: [director] });
  });
});

describe('a first letter', () => {
  test('goes to the client, answers nothing and is a notice', () => {
    expect(startLetter(start())).toMatchObject({
      purpose: 'letter',
      answerKind: 'notice',
      to: [client],
      subject: 'Квота',
      inReplyTo: null,
      references: [],
      text: '\n',
    });
  });

  test('waits for an address where none is known', () => {
    const phoned = ticket({ client: { name: 'Ирина', address: '', phone: '+375' }, participants: [] });
    expect(startLetter(start({ ticket: phoned })).to).toEqual([]);
    expect(startAnswer(start({ ticket: phoned, letters: [] })).to).toEqual([]);
  });
});

describe('what is marked while an answer waits', () => {
  const waiting = draft({ text: 'Здравствуйте!', html: '<p>Здравствуйте!</p>' });
  const quote = 'Ирина пишет:\n> Второй вопрос';

  test('is quoted below what was written, in text and HTML alike', () => {
    const quoted = withQuote(waiting, quote);
    expect(quoted.text).toBe('Здравствуйте!\n\nИрина пишет:\n> Второй вопрос');
    expect(quoted.html).toBe(
      '<p>Здравствуйте!</p><p></p><div data-quoted=""><p>Ирина пишет:</p><blockquote><p>Второй вопрос</p></blockquote></div>',
    );
  });

  test('is quoted once, and nothing changes where nothing is marked', () => {
    const quoted = withQuote(waiting, quote);
    expect(withQuote(quoted, quote)).toBe(quoted);
    expect(withQuote(waiting, '')).toBe(waiting);
  });
});

describe('a forward', () => {
  test('goes to nobody yet, in no thread, with the whole letter below the lines that tell of it', () => {
    const letters = [letter(1, { content: content(1, { text: 'Раз\n> старое' }) })];
    const [forwarded] = letters;
    if (forwarded === undefined) throw new Error('no letter');
    expect(startForward(start({ letters }), forwarded, () => ['---', 'От: Ирина'])).toMatchObject({
      purpose: 'forward',
      to: [],
      cc: [],
      subject: 'Fwd: Квота',
      inReplyTo: null,
      references: [],
      text: '\n\n---\nОт: Ирина\n\nРаз\n> старое',
    });
  });

  test('is to have all files of the letter, screenshots in its text too, but no dots that count readers', () => {
    const file = { name: 'a', type: 'image/png', contentId: null };
    const attachments = [
      { ...file, index: 0, size: 10, inline: false },
      { ...file, index: 1, size: 80_000, inline: true },
      { ...file, index: 2, size: 43, inline: true },
    ];
    const forwarded = letter(1, { content: content(1, { attachments }) });
    expect(startForward(start(), forwarded, () => []).forwards).toEqual({
      letterId: forwarded.id,
      missing: [0, 1],
    });
  });

  test('of one letter is no draft for that of another', () => {
    const [first, second] = [letter(1), letter(2)];
    const old = draft({ purpose: 'forward', updatedAt: 3 });
    const answer = draft({ updatedAt: 2 });
    const forward = draft({
      purpose: 'forward',
      updatedAt: 1,
      forwards: { letterId: first.id, missing: [] },
    });
    const drafts = [old, answer, forward];
    const wanted = { purpose: 'forward', letterId: first.id, awaitsDraft: false } as const;
    expect(waitingDraft(drafts, wanted)).toBe(forward);
    expect(waitingDraft(drafts, { ...wanted, letterId: second.id })).toBeNull();
    expect(waitingDraft(drafts, { ...wanted, letterId: null })).toBe(old);
    expect(waitingDraft(drafts, { ...wanted, purpose: 'answer' })).toBe(answer);
    expect(waitingDraft(drafts, { purpose: 'answer', letterId: null, awaitsDraft: true })).toBe(old);
  });
});

test('answering where the first letter still waits goes on with that one', () => {
  const wanted = { purpose: 'answer', letterId: null, awaitsDraft: false } as const;
  const unsent = draft({ purpose: 'letter' });
  expect(waitingDraft([unsent], wanted)).toBe(unsent);
  expect(waitingDraft([draft({ purpose: 'forward' })], wanted)).toBeNull();
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
