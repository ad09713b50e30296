import type { PutArticle } from '#shared/protocol/article.ts';

/** Knowledge-base articles of the demo; the addresses follow the pattern of the operator's help site. */
export const sampleArticles: readonly PutArticle[] = [
  {
    title: 'Дисковая квота: сколько места занимает сайт',
    url: 'https://xn--80aaf6awgf.xn----8sbabesd4bp6bjck1q.xn--90ais/kvota',
    keywords: ['квота', 'место', 'диск', 'тариф'],
  },
  {
    title: 'Версия для слабовидящих: как включить',
    url: 'https://xn--80aaf6awgf.xn----8sbabesd4bp6bjck1q.xn--90ais/slabovidyashchie',
    keywords: ['слабовидящие', 'доступность', 'шаблон'],
  },
  {
    title: 'Восстановление сайта из резервной копии',
    url: 'https://xn--80aaf6awgf.xn----8sbabesd4bp6bjck1q.xn--90ais/vosstanovlenie',
    keywords: ['копия', 'восстановить', 'бэкап', 'дата'],
  },
  {
    title: 'Редакторы сайта: добавить и заблокировать',
    url: 'https://xn--80aaf6awgf.xn----8sbabesd4bp6bjck1q.xn--90ais/redaktory',
    keywords: ['доступ', 'редактор', 'пароль', 'администратор'],
  },
  {
    title: 'Регистрация сайта в БелГИЭ и государственном регистре',
    url: 'https://xn--80aaf6awgf.xn----8sbabesd4bp6bjck1q.xn--90ais/registratsiya',
    keywords: ['белгиэ', 'регистр', 'ИППС', 'регистрация'],
  },
  {
    title: 'Смена шаблона с сохранением содержания',
    url: 'https://xn--80aaf6awgf.xn----8sbabesd4bp6bjck1q.xn--90ais/smena-shablona',
    keywords: ['шаблон', 'дизайн', 'замена'],
  },
];
