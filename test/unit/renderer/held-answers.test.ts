import { describe, expect, test } from 'vitest';
import type { Outgoing } from '#shared/bridge/draft.ts';
import type { AgentId } from '#shared/ids.ts';
import type { Activity } from '#shared/ticket/activity.ts';
import type { Operation } from '#shared/ticket/operation.ts';
import { answerNewer } from '#renderer/features/compose/start-draft.ts';
import { heldChoices } from '#renderer/features/ticket/held/held-choices.ts';
import { heldMoves } from '#renderer/features/ticket/held/held-moves.ts';
import { heldAnswers } from '#renderer/state/held-answers.ts';
import { client, content, draft, letter, outgoing } from './sample-ticket.ts';

const own = '01900000-0000-7000-8000-000000000001' as AgentId;
const colleague = '01900000-0000-7000-8000-000000000002' as AgentId;

const held = (changes: Partial<Outgoing> = {}): Outgoing =>
  outgoing(1, { state: 'held', reason: 'client-wrote', ...changes });

const file = { id: 'f', name: 'a.txt', size: 1 } as unknown as Outgoing['draft']['attachments'][number];

describe('ways out of a held letter', () => {
  const offered = (changes: Partial<Outgoing>) =>
    heldChoices(held(changes)).map(({ command, asks }) => (asks === null ? command : `${command} ${asks}`));

  test.each<[string, Partial<Outgoing>, string[]]>([
    ['the client wrote', {}, ['held.theirs', 'held.mine', 'held.both']],
    ['a colleague answered', { reason: 'colleague-answered' }, ['held.theirs', 'held.mine', 'held.both']],
    [
      'to somebody taken out',
      { reason: 'recipient-removed' },
      ['held.theirs', 'held.mine send', 'held.both'],
    ],
    [
      'files would be lost with it',
      { draft: draft({ attachments: [file] }) },
      ['held.theirs drop', 'held.mine', 'held.both'],
    ],
    ['a first letter', { draft: draft({ purpose: 'letter' }) }, ['held.mine', 'held.both']],
    ['it waits for its turn only', { state: 'queued', reason: null }, []],
    ['it may have arrived', { state: 'uncertain', reason: 'connection-lost' }, []],
  ])('%s', (_, changes, choices) => {
    expect(offered(changes)).toEqual(choices);
  });
});

describe('what came while it waited', () => {
  const answered = draft({ inReplyTo: letter(2).messageId });
  const letters = [
    letter(1),
    letter(2),
    letter(3, { direction: 'out', agentId: own }),
    letter(4, { direction: 'out', agentId: colleague }),
    letter(5, { kind: 'auto-reply' }),
    letter(6),
  ];
  const done = (n: number, operation: Partial<Operation>) => {
    const activity = { id: `a${n}`, agentId: colleague, operation } as unknown as Activity;
    return { activity, pending: false };
  };
  const activities = [
    done(1, { kind: 'close-ticket' }),
    done(2, { kind: 'remove-participant', address: client.address.toUpperCase() }),
    done(3, { kind: 'remove-participant', address: 'somebody@else.example' }),
    done(4, { kind: 'close-ticket' }),
  ];
  const seen = (changes: Partial<Outgoing>, view = { letters, activities }) =>
    heldMoves(held({ draft: answered, ...changes }), view, own).map((move) =>
      move.kind === 'letter' ? move.letter.messageId : move.activity.id,
    );

  test('is what clients and colleagues wrote after the letter that it answers', () => {
    expect(seen({})).toEqual([letter(4).messageId, letter(6).messageId]);
  });

  test('is the newest letter where it answers none that is here', () => {
    expect(seen({ draft: draft() })).toEqual([letter(6).messageId]);
    expect(seen({ draft: draft() }, { letters: [], activities })).toEqual([]);
  });

  test('ends with who closed the ticket last, or took a recipient out', () => {
    expect(seen({ reason: 'ticket-closed' }).at(-1)).toBe('a4');
    expect(seen({ reason: 'recipient-removed' }).slice(2)).toEqual(['a2']);
  });

  test('is three letters at most', () => {
    const many = [letter(2), letter(3), letter(4), letter(5), letter(6)];
    expect(seen({}, { letters: many, activities: [] })).toEqual([4, 5, 6].map((n) => letter(n).messageId));
  });
});

test('the one that waits longest is opened first', () => {
  const later = outgoing(3, { state: 'held' });
  const first = outgoing(2, { state: 'held' });
  expect(heldAnswers([outgoing(1), later, first])).toEqual([first, later]);
});

test('an answer to both answers the newest letter and quotes it, once', () => {
  const newest = letter(6, {
    content: content(6, { references: ['<1@school.example>'], text: 'И ещё одно' }),
  });
  const both = answerNewer(draft({ text: 'Готово' }), newest, 'Ирина пишет:');
  expect(both).toMatchObject({
    inReplyTo: newest.messageId,
    references: ['<1@school.example>', newest.messageId],
  });
  expect(both.text).toMatch(/^Готово\n\nИрина пишет:\n> /u);
  expect(answerNewer(both, newest, 'Ирина пишет:').text).toBe(both.text);
});
