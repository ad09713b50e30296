import { describe, expect, it } from 'vitest';
import { ScriptedImap, type ScriptedOptions } from '#test/fakes/imap-scripted.ts';
import { DeskMailbox, letter, plainServer, recordFor, until } from './desk-mailbox.ts';

function letters(count: number): ScriptedOptions['letters'] {
  return Array.from({ length: count }, (_, index) => ({
    uid: index + 1,
    source: letter(`letter ${index + 1}`),
  }));
}

function uidsOf(frames: readonly { location: { uid: number } }[]): number[] {
  return frames.map(({ location }) => location.uid).sort((a, b) => a - b);
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('a server that', () => {
  it('ends a FETCH with OK and leaves letters out is asked for them again', async () => {
    await using server = await ScriptedImap.start({
      letters: letters(100),
      omits: (uid, command) =>
        uid % 7 === 0 && command.includes('BODY.PEEK[]') && /FETCH \d+:/u.test(command),
    });
    await using desk = new DeskMailbox(recordFor(plainServer(server)));
    const reader = desk.read();
    await reader.synced();
    expect(uidsOf(reader.letters())).toEqual(upTo(100));
    expect(reader.count('unreadable')).toBe(0);
  });

  it('never delivers a letter that it lists costs that letter only, and the letter stays visible', async () => {
    await using server = await ScriptedImap.start({
      letters: letters(30),
      omits: (uid, command) => uid === 13 && command.includes('BODY.PEEK'),
    });
    await using desk = new DeskMailbox(recordFor(plainServer(server)));
    const reader = desk.read();
    await reader.synced();
    expect(uidsOf(reader.letters())).toEqual(upTo(30).filter((uid) => uid !== 13));
    expect(reader.frames.filter((frame) => frame.type === 'unreadable')).toMatchObject([
      { location: { uid: 13 } },
    ]);
    await until(() => desk.port.quarantined.length === 1, 'the API knows of it');
    expect(desk.port.quarantined[0]).toMatchObject({ location: { uid: 13 }, reason: 'unreadable' });
    await until(() => desk.port.watermarks.length > 0, 'the watermark is reported');
    expect(uidsOf(desk.port.ingested)).toEqual(upTo(30).filter((uid) => uid !== 13));
  });

  it('drops the connection over one letter loses that letter only', async () => {
    await using server = await ScriptedImap.start({
      letters: letters(50),
      breaksOn: (uid, command) => uid === 20 && command.includes('BODY.PEEK[]'),
    });
    await using desk = new DeskMailbox(recordFor(plainServer(server)));
    const reader = desk.read();
    const retry = setInterval(() => desk.mailbox.retryNow(), 50);
    await reader.synced();
    clearInterval(retry);
    expect(uidsOf(reader.letters())).toEqual(upTo(50).filter((uid) => uid !== 20));
    expect(reader.frames.filter((frame) => frame.type === 'unreadable')).toMatchObject([
      { location: { uid: 20 } },
    ]);
  });

  it('announces a literal of a gigabyte is not believed', async () => {
    await using server = await ScriptedImap.start({
      letters: letters(10),
      claims: (uid, command) => (uid === 4 && command.includes('BODY.PEEK[]') ? 1_000_000_000 : null),
    });
    await using desk = new DeskMailbox(recordFor(plainServer(server)));
    const reader = desk.read();
    const retry = setInterval(() => desk.mailbox.retryNow(), 50);
    await reader.synced();
    clearInterval(retry);
    expect(uidsOf(reader.letters())).toEqual(upTo(10).filter((uid) => uid !== 4));
    expect(reader.count('unreadable')).toBe(1);
  });

  it('answers NO to a FETCH of several is asked for each', async () => {
    await using server = await ScriptedImap.start({
      letters: letters(30),
      answers: (command) =>
        /^UID FETCH \S*[:,]\S* .*PEEK\[\]/u.test(command) ? 'TAG NO [SERVERBUG] cannot\r\n' : null,
    });
    await using desk = new DeskMailbox(recordFor(plainServer(server)));
    const reader = desk.read();
    await reader.synced();
    expect(uidsOf(reader.letters())).toEqual(upTo(30));
  });

  it('has no IDLE is polled, and nothing but reading commands is sent', async () => {
    await using server = await ScriptedImap.start({ letters: letters(3) });
    await using desk = new DeskMailbox(recordFor(plainServer(server)));
    await desk.read().synced();
    await until(() => server.commands.includes('NOOP'), 'the server is polled');
    const names = new Set(server.commands.map((command) => /^(?:UID )?\w+/u.exec(command)?.[0]));
    const reading = ['CAPABILITY', 'LOGIN', 'LIST', 'LSUB', 'EXAMINE', 'UID SEARCH', 'UID FETCH', 'NOOP'];
    expect([...names].filter((name) => !reading.includes(name ?? ''))).toEqual([]);
    expect(server.commands.filter((command) => /BODY\[/u.test(command))).toEqual([]);
  });
});
