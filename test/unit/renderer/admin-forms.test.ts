import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AgentId, GroupId, TemplateId } from '#shared/ids.ts';
import type { Agent } from '#shared/protocol/agent.ts';
import { defaultServiceSettings, type Group } from '#shared/protocol/service-settings.ts';
import type { Template } from '#shared/protocol/template.ts';
import {
  agentChange,
  agentProblems,
  draftOfAgent,
  isLastAdmin,
} from '#renderer/features/admin/agent-draft.ts';
import { generatePassword } from '#renderer/features/admin/generate-password.ts';
import { groupProblems, withGroup } from '#renderer/features/admin/group-draft.ts';
import { settingsOfDraft } from '#renderer/features/admin/service-draft.ts';
import { passwordProblems } from '#renderer/features/settings/password-problems.ts';
import {
  draftOfTemplate,
  sameShortcut,
  templateOfDraft,
} from '#renderer/features/templates/template-draft.ts';

describe('made-up passwords', () => {
  const made = (seed: Uint8Array) => {
    let at = 0;
    return generatePassword((count) =>
      Uint8Array.from({ length: count }, () => seed[at++ % seed.length] ?? 0),
    );
  };
  const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));

  test('are four groups of letters and digits that nobody confuses', () => {
    for (let at = 0; at < 200; at += 1) {
      expect(generatePassword(random)).toMatch(/^[a-hjkmnp-z2-9]{4}(?:-[a-hjkmnp-z2-9]{4}){3}$/u);
    }
  });

  test('use each letter as often as the others', () => {
    const counts = new Map<string, number>();
    for (let at = 0; at < 2000; at += 1) {
      for (const letter of generatePassword(random).replaceAll('-', '')) {
        counts.set(letter, (counts.get(letter) ?? 0) + 1);
      }
    }
    expect(counts.size).toBe(31);
    // 32,000 letters: 1032 of each, with a standard deviation of 32.
    for (const count of counts.values()) expect(Math.abs(count - 1032)).toBeLessThan(7 * 32);
  });

  test('throw away the bytes that would favour some, and never repeat', () => {
    expect(made(Uint8Array.of(255, 248, 0))).toBe('aaaa-aaaa-aaaa-aaaa');
    expect(new Set(Array.from({ length: 1000 }, () => generatePassword(random))).size).toBe(1000);
  });
});

const agent = (changes: Partial<Agent> = {}): Agent => ({
  id: 'a1' as AgentId,
  login: 'ivanova',
  name: 'Анна Иванова',
  role: 'agent',
  disabled: false,
  groupId: null,
  ...changes,
});

describe('the form of an agent', () => {
  test.each([
    ['ivanova', {}],
    [' Petrov.P ', {}],
    ['иванова', { login: 'users.wrong.login' }],
    ['', { login: 'users.wrong.login' }],
    ['-x', { login: 'users.wrong.login' }],
    ['Taken', { login: 'users.wrong.taken' }],
  ])('login %j', (login, problems) => {
    expect(agentProblems({ ...draftOfAgent(agent()), login }, ['taken'])).toEqual(problems);
  });

  test('changes only what differs', () => {
    const draft = draftOfAgent(agent());
    expect(agentChange(agent(), draft)).toEqual({});
    expect(agentChange(agent(), { ...draft, name: ' Анна Лис ', role: 'senior' })).toEqual({
      name: 'Анна Лис',
      role: 'senior',
    });
    const groupId = 'g1' as GroupId;
    expect(agentChange(agent({ groupId }), draft)).toEqual({ groupId: null });
  });

  test('knows the last admin who can log in', () => {
    const admin = agent({ role: 'admin' });
    const other = { ...admin, id: 'a2' as AgentId };
    expect(isLastAdmin(admin, [admin, agent({ id: 'a3' as AgentId })])).toBe(true);
    expect(isLastAdmin(admin, [admin, { ...other, disabled: true }])).toBe(true);
    expect(isLastAdmin(admin, [admin, other])).toBe(false);
    expect(isLastAdmin({ ...admin, disabled: true }, [other])).toBe(false);
  });
});

describe('one’s own password', () => {
  test.each([
    ['old', 'new password', 'new password', {}],
    ['', 'new password', 'new password', { current: 'users.wrong.noCurrent' }],
    ['old', 'short', 'short', { next: 'users.wrong.short' }],
    ['the old one', 'the old one', 'the old one', { next: 'users.wrong.same' }],
    ['old', 'new password', 'new pasword', { again: 'users.wrong.again' }],
  ])('%j %j %j', (current, next, again, problems) => {
    expect(passwordProblems({ current, next, again })).toEqual(problems);
  });
});

describe('the form of a template', () => {
  const written = (text: string, changes = {}) =>
    templateOfDraft({ ...draftOfTemplate(null, 'be'), title: 'Прывітанне', text, ...changes });

  test('keeps a template as it was written', () => {
    expect(written('\nДобры дзень, {{ client }}!\r\n\r\n{{?дата}}\n', { shortcut: '::пр' })).toEqual({
      ok: true,
      value: {
        title: 'Прывітанне',
        shortcut: 'пр',
        language: 'be',
        answerKind: null,
        text: 'Добры дзень, {{ client }}!\n\n{{?дата}}',
      },
    });
  });

  test('names the slots that are not known, each once', () => {
    expect(written('{{клиент}} {{client}} {{ clientt }} {{клиент}}')).toMatchObject({
      error: { text: { key: 'templates.wrong.slots', slots: ['{{клиент}}', '{{ clientt }}'] } },
    });
  });

  test.each([
    ['   ', {}, { text: { key: 'templates.wrong.text' } }],
    ['{{?  }}', {}, { text: { key: 'templates.wrong.question' } }],
    ['да', { title: ' ' }, { title: 'templates.wrong.title' }],
    ['да', { shortcut: 'два слова' }, { shortcut: 'templates.wrong.shortcut' }],
    ['да', { shortcut: 'я'.repeat(31) }, { shortcut: 'templates.wrong.shortcut' }],
  ])('%j with %j is refused', (text, changes, problems) => {
    expect(written(text, changes)).toEqual({ ok: false, error: problems });
  });

  test('warns of another template with the same shortcut in the same language', () => {
    const other: Template = {
      ...draftOfTemplate(null, 'ru'),
      id: 't1' as TemplateId,
      title: 'Приветствие',
      shortcut: 'Пр',
      text: 'x',
    };
    const draft = { ...draftOfTemplate(null, 'ru'), shortcut: ' ::пр ' };
    expect(sameShortcut(draft, [other], null)).toBe(other);
    expect(sameShortcut(draft, [other], 't1')).toBeNull();
    expect(sameShortcut({ ...draft, language: 'be' }, [other], null)).toBeNull();
    expect(sameShortcut({ ...draft, shortcut: '' }, [{ ...other, shortcut: '' }], null)).toBeNull();
  });
});

describe('the form of a group', () => {
  const group = (changes: Partial<Group> = {}): Group => ({
    id: 'g1' as GroupId,
    name: 'Первая линия',
    fromName: '',
    signature: 'С уважением, {{agent}}',
    ...changes,
  });

  test('wants a name of its own, and no slot but the agent’s', () => {
    expect(groupProblems(group(), [group()])).toEqual({});
    expect(groupProblems(group({ name: ' ' }), [])).toEqual({ name: 'groups.wrong.name' });
    const other = group({ id: 'g2' as GroupId, name: ' первая ЛИНИЯ ' });
    expect(groupProblems(group(), [other])).toEqual({ name: 'groups.wrong.taken' });
    expect(groupProblems(group({ signature: '{{client}} {{?имя}} {{agent}}' }), [])).toEqual({
      signature: { key: 'groups.wrong.slots', slots: ['{{client}}', '{{?имя}}'] },
    });
  });

  test('is put in or replaces its older self, others stay', () => {
    const other = group({ id: 'g2' as GroupId, name: 'Вторая' });
    const settings = { ...defaultServiceSettings, groups: [group(), other] };
    const changed = group({ name: ' Первая ' });
    expect(withGroup(settings, changed)).toEqual([group({ name: 'Первая' }), other]);
    const added = group({ id: 'g3' as GroupId });
    expect(withGroup(settings, added)).toEqual([group(), other, added]);
  });
});

describe('the settings of the service', () => {
  test.each([
    ['', true],
    ['https://stp.example.by/updates', true],
    ['http://127.0.0.1:8080/', true],
    ['http://stp.example.by/updates', false],
    ['stp.example.by', false],
    ['file:///updates', false],
    ['https://a b', false],
  ])('feed %j: %j', (updateFeedUrl, good) => {
    expect(settingsOfDraft({ undoSendSeconds: 10, updateFeedUrl }).ok).toBe(good);
  });

  test('take whole seconds from 0 to 60 only', () => {
    fc.assert(
      fc.property(fc.double(), (undoSendSeconds) => {
        const good = Number.isInteger(undoSendSeconds) && undoSendSeconds >= 0 && undoSendSeconds <= 60;
        expect(settingsOfDraft({ undoSendSeconds, updateFeedUrl: '' }).ok).toBe(good);
      }),
    );
    expect(settingsOfDraft({ undoSendSeconds: '', updateFeedUrl: '' }).ok).toBe(false);
  });
});
