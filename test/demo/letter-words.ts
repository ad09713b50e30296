import type { Institution, Person } from './institutions.ts';
import type { Random } from './random.ts';
import { day } from './write-letter.ts';

const words = {
  ru: {
    greetings: ['Здравствуйте!', 'Добрый день!', 'Здравствуйте.', 'Добрый день, уважаемые специалисты!'],
    opening: (client: Person, { name }: Institution) => `Пишет вам ${client.name}, ${name}.`,
    thanks: ['Заранее спасибо!', 'Спасибо за помощь.', 'Просим ответить до конца недели.', 'Ждём ответа.'],
    regards: 'С уважением,',
    phone: 'тел.',
    service: 'Служба технической поддержки',
    reminders: [
      'Подскажите, пожалуйста, когда ждать ответа?',
      'Напоминаем о нашем письме. Вопрос ещё актуален.',
      'Добавлю: проверили в другом браузере, всё то же самое.',
    ],
    thankYou: ['Спасибо большое, всё работает!', 'Всё получилось, благодарим.', 'Спасибо за оперативность!'],
    solved: ['Вопрос решился сам, извините за беспокойство.', 'Разобрались сами, ответ не нужен. Спасибо!'],
  },
  be: {
    greetings: ['Добры дзень!', 'Вітаем!', 'Добры дзень, шаноўныя спецыялісты!'],
    opening: (client: Person, { name }: Institution) => `Піша ${client.name}, ${name}.`,
    thanks: ['Загадзя дзякуем!', 'Дзякуй за дапамогу.', 'Чакаем адказу.'],
    regards: 'З павагай,',
    phone: 'тэл.',
    service: 'Служба тэхнічнай падтрымкі',
    reminders: [
      'Падкажыце, калі ласка, калі чакаць адказу?',
      'Нагадваем пра наш ліст. Пытанне яшчэ актуальнае.',
    ],
    thankYou: ['Вялікі дзякуй, усё працуе!', 'Усё атрымалася, дзякуем.'],
    solved: ['Пытанне вырашылася, прабачце за клопат.'],
  },
} as const;

/** A client's whole first letter around what is wrong. */
export function clientWords(
  problem: string,
  client: Person,
  institution: Institution,
  random: Random,
): string {
  const language = words[institution.language];
  return [
    random.pick<string>(language.greetings),
    ...(random.chance(0.35) ? [language.opening(client, institution)] : []),
    problem,
    ...(random.chance(0.5) ? [random.pick<string>(language.thanks)] : []),
    signature(client, institution, random),
  ].join('\n\n');
}

/** A client's further word: short, as people write in a thread. */
export function shortWords(text: string, client: Person, institution: Institution, random: Random): string {
  const { greetings } = words[institution.language];
  return [
    ...(random.chance(0.5) ? [random.pick<string>(greetings)] : []),
    text,
    ...(random.chance(0.7) ? [client.name] : []),
  ].join('\n\n');
}

/** What a client says without being asked: a reminder, thanks, or that nothing is needed any more. */
export function spontaneousWords(
  kind: 'reminders' | 'thankYou' | 'solved',
  { language }: Institution,
  random: Random,
): string {
  return random.pick<string>(words[language][kind]);
}

/** The service's answer: greeting by name, what helps, perhaps a page of the knowledge base, signature. */
export function serviceWords(
  text: string,
  client: Person,
  { language }: Institution,
  agentName: string,
  article: { readonly title: string; readonly url: string } | null,
): string {
  const { regards, service } = words[language];
  const firstName = client.name.split(' ')[0] ?? client.name;
  return [
    language === 'be' ? `Добры дзень, ${firstName}!` : `Здравствуйте, ${firstName}!`,
    text,
    ...(article === null ? [] : [`${article.title}\n${article.url}`]),
    `${regards}\n${agentName}\n${service}`,
  ].join('\n\n');
}

function signature(client: Person, { language, name }: Institution, random: Random): string {
  const { regards, phone } = words[language];
  switch (random.integer(0, 3)) {
    case 0:
      return `${regards}\n${client.name},\n${client.post},\n${name}\n${phone} ${client.phone}`;
    case 1:
      return `--\n${client.name}\n${name}`;
    case 2:
      return `${regards} ${client.name}`;
    default:
      return `${client.name}, ${client.post}\n${phone} ${client.phone}`;
  }
}

/** What the slots of one ticket's texts stand for, from its first letter to its last. */
export type SlotValues = Readonly<Record<string, string>>;

export function slotValues(institution: Institution, client: Person, at: number, random: Random): SlotValues {
  const colleague = institution.people.find((person) => person !== client) ?? client;
  return {
    site: institution.site,
    org: institution.name,
    n: String(random.integer(12, 96)),
    person: `${colleague.name}, ${colleague.address}`,
    date: dayBefore(at, institution.language, random),
  };
}

export function filled(text: string, values: SlotValues): string {
  return text.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => values[name] ?? whole);
}

function dayBefore(at: number, language: Institution['language'], random: Random): string {
  return day(at - random.integer(2, 9) * 86_400_000, language).replace(/\s\d{4}.*$/u, '');
}
