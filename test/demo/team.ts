import type { GroupId } from '#shared/ids.ts';
import type { CreateAgent } from '#shared/protocol/agent.ts';
import type { Group } from '#shared/protocol/service-settings.ts';

/** One password for all; it opens nothing but the demo. */
const password = 'demo-password';

/** The groups under whose names the service answers; their ids are fixed, so that agents can be created with them. */
export const groups: readonly Group[] = [
  {
    id: '018f0000-0000-7000-8000-000000000001' as GroupId,
    name: 'Первая линия',
    fromName: 'Техническая поддержка «Веб-Мастерская»',
    signature:
      'С уважением,\n{{agent}}\nСлужба технической поддержки\nтел. +375 17 555-00-17, пн–пт 9:00–18:00',
  },
  {
    id: '018f0000-0000-7000-8000-000000000002' as GroupId,
    name: 'Домены и регистрация',
    fromName: 'Отдел доменов «Веб-Мастерская»',
    signature:
      'С уважением,\n{{agent}}\nдомены, DNS и регистрация информационных ресурсов\nтел. +375 17 555-00-18',
  },
  {
    id: '018f0000-0000-7000-8000-000000000003' as GroupId,
    name: 'Падтрымка па-беларуску',
    fromName: 'Тэхнічная падтрымка «Веб-Мастерская»',
    signature: 'З павагай,\n{{agent}}\nСлужба тэхнічнай падтрымкі\nтэл. +375 17 555-00-17',
  },
];

const [firstLine, domains, belarusian] = groups.map(({ id }) => id);

/** Who works here. The first is whom one logs in as; the read-only one looks on. */
export const team = [
  { login: 'anna', name: 'Анна Лис', role: 'admin', groupId: firstLine ?? null, password },
  { login: 'pyotr', name: 'Пётр Гурин', role: 'senior', groupId: domains ?? null, password },
  { login: 'olga', name: 'Ольга Сак', role: 'agent', groupId: firstLine ?? null, password },
  { login: 'denis', name: 'Денис Марук', role: 'agent', groupId: firstLine ?? null, password },
  { login: 'yana', name: 'Яна Верас', role: 'agent', groupId: belarusian ?? null, password },
  { login: 'igor', name: 'Игорь Лыч', role: 'read-only', groupId: null, password },
] as const satisfies readonly CreateAgent[];

export type TeamLogin = (typeof team)[number]['login'];

/** Those who answer letters. */
export const answering = ['anna', 'pyotr', 'olga', 'denis', 'yana'] as const satisfies readonly TeamLogin[];
