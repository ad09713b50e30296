import { expect, test } from 'vitest';
import { findArticles } from '#renderer/features/compose/find-articles.ts';
import type { ArticleId } from '#shared/ids.ts';
import type { Article } from '#shared/protocol/article.ts';

const articles = [
  article('Печать расписания', ['принтер']),
  article('Вход в дневник', ['пароль', 'чёрный экран']),
  article('Як змяніць пароль', []),
];

test.each([
  ['парол', ['Як змяніць пароль', 'Вход в дневник']],
  ['ЧЕРНЫЙ', ['Вход в дневник']],
  ['расписани печать', ['Печать расписания']],
  ['змяниць', ['Як змяніць пароль']],
  ['ничего', []],
  [' ', ['Вход в дневник', 'Печать расписания', 'Як змяніць пароль']],
])('finds articles by "%s"', (text, titles) => {
  expect(findArticles(articles, text, 5).map(({ title }) => title)).toEqual(titles);
});

function article(title: string, keywords: string[]): Article {
  return { id: title as ArticleId, title, url: 'https://kb.example/1', keywords };
}
