import { createInstance } from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { activitySentence, type ActivityLanguage } from '#renderer/features/ticket/activity-words.ts';
import { belarusian } from '#renderer/language/belarusian.ts';
import { english } from '#renderer/language/english.ts';
import { russian } from '#renderer/language/russian.ts';
import type { AgentId, OperationId, TicketId } from '#shared/ids.ts';
import { RuleBook } from '#shared/regulation/rule-book.ts';
import type { Language } from '#shared/text/language.ts';
import type { Operation } from '#shared/ticket/operation.ts';

const anna = 'anna' as AgentId;
const names = new Map([
  [anna, 'Анна Иванова'],
  ['pyotr' as AgentId, 'Пётр Петров'],
]);
const at = Date.UTC(2026, 10, 10, 15, 0);
const head = { id: 'o' as OperationId, ticketId: 't' as TicketId, madeAt: at };
const address = { name: 'Хостинг', address: 'noc@example.by' };

type Words = Record<Language, string>;

/** Every kind of operation with what it leaves in the history. */
const cases: readonly (readonly [Operation, Words])[] = [
  [
    { ...head, kind: 'claim-ticket', until: at },
    {
      ru: 'Анна Иванова: заявка взята в работу до 10.11.2026 18:00',
      be: 'Анна Иванова: заяўка ўзята ў працу да 10.11.2026 18:00',
      en: 'Анна Иванова: claimed the ticket until 10.11.2026 18:00',
    },
  ],
  [
    { ...head, kind: 'release-ticket' },
    {
      ru: 'Анна Иванова: заявка освобождена',
      be: 'Анна Иванова: заяўка вызвалена',
      en: 'Анна Иванова: released the ticket',
    },
  ],
  [
    { ...head, kind: 'assign-ticket', assigneeId: 'pyotr' as AgentId },
    {
      ru: 'Анна Иванова: исполнитель теперь Пётр Петров',
      be: 'Анна Иванова: выканаўца цяпер Пётр Петров',
      en: 'Анна Иванова: assigned to Пётр Петров',
    },
  ],
  [
    { ...head, kind: 'assign-ticket', assigneeId: anna },
    {
      ru: 'Анна Иванова: заявка взята на себя',
      be: 'Анна Иванова: заяўка ўзята на сябе',
      en: 'Анна Иванова: took the ticket over',
    },
  ],
  [
    { ...head, kind: 'classify-ticket', category: 'disk-quota' },
    {
      ru: 'Анна Иванова: вид работ: Дисковая квота',
      be: 'Анна Иванова: від работ: Дыскавая квота',
      en: 'Анна Иванова: kind of work: Disk quota',
    },
  ],
  [
    { ...head, kind: 'tag-ticket', add: ['архив', 'сайт'], remove: ['почта'] },
    {
      ru: 'Анна Иванова: добавлены метки: архив, сайт; убраны метки: почта',
      be: 'Анна Иванова: дададзены пазнакі: архив, сайт; прыбраны пазнакі: почта',
      en: 'Анна Иванова: tags added: архив, сайт; tags removed: почта',
    },
  ],
  [
    { ...head, kind: 'tag-ticket', add: [], remove: ['почта'] },
    {
      ru: 'Анна Иванова: убраны метки: почта',
      be: 'Анна Иванова: прыбраны пазнакі: почта',
      en: 'Анна Иванова: tags removed: почта',
    },
  ],
  [
    { ...head, kind: 'close-ticket', outcome: 'not-a-request', reason: ' Спам ' },
    {
      ru: 'Анна Иванова: заявка закрыта (Не заявка): Спам',
      be: 'Анна Иванова: заяўка закрыта (Не заяўка): Спам',
      en: 'Анна Иванова: closed the ticket (Not a request): Спам',
    },
  ],
  [
    { ...head, kind: 'close-ticket', outcome: 'done', reason: '' },
    {
      ru: 'Анна Иванова: заявка закрыта (Выполнена)',
      be: 'Анна Иванова: заяўка закрыта (Выканана)',
      en: 'Анна Иванова: closed the ticket (Done)',
    },
  ],
  [
    { ...head, kind: 'escalate-ticket', escalated: true, reference: 'DEV-7' },
    {
      ru: 'Анна Иванова: заявка передана разработчикам, номер DEV-7',
      be: 'Анна Иванова: заяўка перададзена распрацоўнікам, нумар DEV-7',
      en: 'Анна Иванова: handed the ticket to the developers as DEV-7',
    },
  ],
  [
    { ...head, kind: 'set-criticality', critical: true, reason: 'Сайт лежит' },
    {
      ru: 'Анна Иванова: заявка отмечена критичной: Сайт лежит',
      be: 'Анна Иванова: заяўка адзначана крытычнай: Сайт лежит',
      en: 'Анна Иванова: marked the ticket critical: Сайт лежит',
    },
  ],
  [
    { ...head, kind: 'snooze-ticket', until: null },
    {
      ru: 'Анна Иванова: заявка возвращена в очередь',
      be: 'Анна Иванова: заяўка вернута ў чаргу',
      en: 'Анна Иванова: brought the ticket back to the queue',
    },
  ],
  [
    { ...head, kind: 'add-participant', address: 'anna@xn--80atdl2c.by' },
    {
      ru: 'Анна Иванова: участник добавлен: anna@школа.by',
      be: 'Анна Иванова: удзельнік дададзены: anna@школа.by',
      en: 'Анна Иванова: participant added: anna@школа.by',
    },
  ],
  [
    // Its name follows.
    { ...head, kind: 'merge-ticket', into: head.ticketId },
    {
      ru: 'Анна Иванова: объединена с заявкой',
      be: 'Анна Иванова: аб’яднана з заяўкай',
      en: 'Анна Иванова: merged into',
    },
  ],
  [
    {
      ...head,
      kind: 'record-forward',
      messageId: '<f@example.by>',
      forwardedAt: at,
      from: address,
      to: [address],
      cc: [],
      subject: 'Fwd',
    },
    {
      ru: 'Анна Иванова: письмо переслано: noc@example.by',
      be: 'Анна Иванова: ліст перасланы: noc@example.by',
      en: 'Анна Иванова: forwarded a letter to noc@example.by',
    },
  ],
];

let languages: Record<Language, ActivityLanguage>;

beforeAll(async () => {
  const words = createInstance();
  await words.init({
    resources: { ru: { desk: russian }, be: { desk: belarusian }, en: { desk: english } },
    ns: ['desk'],
    defaultNS: 'desk',
    lng: 'ru',
    interpolation: { escapeValue: false },
  });
  const of = (language: Language): ActivityLanguage => ({
    t: words.getFixedT(language),
    language,
    rules: RuleBook.shipped(),
    nameOf: (id) => names.get(id) ?? null,
  });
  languages = { ru: of('ru'), be: of('be'), en: of('en') };
});

describe('a line of the history', () => {
  test.each(['ru', 'be', 'en'] as const)('is a sentence in %s', (language) => {
    for (const [operation, words] of cases) {
      const activity = { id: head.id, ticketId: head.ticketId, agentId: anna, operation };
      expect(activitySentence(activity, languages[language])).toBe(words[language]);
    }
  });

  test('names nobody whom the directory does not know', () => {
    const activity = {
      id: head.id,
      ticketId: head.ticketId,
      agentId: 'gone' as AgentId,
      operation: { ...head, kind: 'assign-ticket', assigneeId: null } as const,
    };
    expect(activitySentence(activity, languages.ru)).toBe('Коллега: исполнитель снят');
  });
});
