import { describe, expect, test } from 'vitest';
import { useCommandHandlers } from '#renderer/commands/command-handlers.ts';
import { CommandKeys, type KeyPlace } from '#renderer/commands/command-keys.ts';
import { commandIds, commandOf } from '#renderer/commands/command-list.ts';

const nowhere: KeyPlace = { typing: false, composing: false, onControl: false, inDialog: false };

interface Key {
  readonly code: string;
  readonly key?: string;
  readonly ctrl?: boolean;
  readonly alt?: boolean;
  readonly shift?: boolean;
  readonly repeat?: boolean;
}

function pressed({ code, key = '', ctrl = false, alt = false, shift = false, repeat = false }: Key) {
  return { code, key, ctrlKey: ctrl, altKey: alt, shiftKey: shift, metaKey: false, repeat };
}

const press = (key: Key, place: Partial<KeyPlace> = {}) =>
  new CommandKeys().press(pressed(key), { ...nowhere, ...place }, 0);

describe('keys give commands', () => {
  test('by their place, whatever the layout prints on them', () => {
    expect(press({ code: 'KeyR', key: 'к' })).toEqual(['ticket.answer']);
    expect(press({ code: 'BracketRight', key: 'ъ' })).toEqual(['ticket.next']);
  });

  test('with exactly what is held down', () => {
    expect(press({ code: 'KeyC', shift: true })).toEqual(['ticket.release']);
    expect(press({ code: 'KeyR', ctrl: true })).toEqual([]);
    expect(press({ code: 'Digit3', alt: true })).toEqual(['queue.section3']);
  });

  test('also where a layout has a sign in another place', () => {
    expect(press({ code: 'Slash', key: '?', shift: true })).toEqual(['keys.show']);
    expect(press({ code: 'Digit7', key: '?', shift: true })).toEqual(['keys.show']);
    expect(press({ code: 'Backslash', key: '/', shift: true })).toEqual(['queue.search']);
    expect(press({ code: 'NumpadAdd', key: '+', ctrl: true })).toEqual(['app.zoomIn']);
  });

  test('not while typing, unless no text comes of it', () => {
    expect(press({ code: 'KeyR' }, { typing: true })).toEqual([]);
    expect(press({ code: 'Escape', key: 'Escape' }, { typing: true })).toEqual([]);
    expect(press({ code: 'KeyK', ctrl: true }, { typing: true })).toEqual(['palette.open']);
    expect(press({ code: 'F1', key: 'F1' }, { typing: true })).toEqual(['keys.show']);
  });

  test('to the letter that is being written before the desk', () => {
    const composing = { typing: true, composing: true };
    expect(press({ code: 'KeyK', ctrl: true }, composing)).toEqual(['compose.article', 'palette.open']);
    expect(press({ code: 'Enter', key: 'Enter', ctrl: true }, composing)).toEqual(['compose.send']);
    expect(press({ code: 'Enter', key: 'Enter', ctrl: true })).toEqual([]);
  });

  test('not through a dialog, but for the size of the page', () => {
    expect(press({ code: 'KeyR' }, { inDialog: true })).toEqual([]);
    expect(press({ code: 'Equal', ctrl: true }, { inDialog: true })).toEqual(['app.zoomIn']);
  });

  test('and leave Enter to the button it stands on', () => {
    expect(press({ code: 'Enter', key: 'Enter' }, { onControl: true })).toEqual([]);
    expect(press({ code: 'Enter', key: 'Enter' })).toEqual(['queue.open']);
  });

  test('once for each press, unless going on makes sense', () => {
    expect(press({ code: 'KeyC', repeat: true })).toEqual([]);
    expect(press({ code: 'KeyJ', repeat: true })).toEqual(['queue.next']);
  });
});

describe('two keys in turn', () => {
  test('give a command, and neither gives its own', () => {
    const keys = new CommandKeys();
    expect(keys.press(pressed({ code: 'KeyG' }), nowhere, 0)).toBe('waits');
    expect(keys.press(pressed({ code: 'KeyA' }), nowhere, 900)).toEqual(['go.articles']);
    expect(keys.press(pressed({ code: 'KeyA' }), nowhere, 950)).toEqual(['ticket.assign']);
  });

  test('are two single ones when the second comes late or ends no pair', () => {
    const keys = new CommandKeys();
    keys.press(pressed({ code: 'KeyG' }), nowhere, 0);
    expect(keys.press(pressed({ code: 'KeyA' }), nowhere, 2000)).toEqual(['ticket.assign']);
    keys.press(pressed({ code: 'KeyG' }), nowhere, 3000);
    expect(keys.press(pressed({ code: 'KeyR' }), nowhere, 3100)).toEqual(['ticket.answer']);
  });
});

test('no two commands share a key, but for what the letter takes before the desk', () => {
  const owners = new Map<string, string[]>();
  for (const id of commandIds) {
    for (const keys of commandOf(id).keys) owners.set(keys, [...(owners.get(keys) ?? []), id]);
  }
  const shared = [...owners].filter(([, ids]) => ids.length > 1);
  expect(shared).toEqual([['Ctrl+K', ['palette.open', 'compose.article']]]);
});

describe('commands for what is on its way', () => {
  test('are kept where nothing on screen does them, by whoever keeps them at present', () => {
    const kept: string[] = [];
    const commands = useCommandHandlers.getState();
    expect(commands.run('ticket.note')).toBe(false);
    const stop = commands.keepWith((id) => id === 'ticket.note' && kept.push(id) > 0);
    expect(commands.run('ticket.note')).toBe(true);
    expect(commands.run('ticket.close')).toBe(false);
    const remove = commands.add('ticket.note', () => kept.push('done'));
    expect(commands.run('ticket.note')).toBe(true);
    expect(kept).toEqual(['ticket.note', 'done']);
    remove();
    stop();
    expect(commands.run('ticket.note')).toBe(false);
  });
});
