import type { Article } from '#shared/protocol/article.ts';
import { foldText } from '#shared/text/fold-text.ts';

/**
 * Finds articles that have every word of the text in their title or keywords.
 *
 * Words that begin a word come before words inside one, titles before keywords. Without a text: all, by title.
 */
export function findArticles(articles: readonly Article[], text: string, limit: number): Article[] {
  const wanted = foldText(text)
    .split(/\s+/u)
    .filter((word) => word !== '');
  const ranked = articles.flatMap((article) => {
    const title = ` ${foldText(article.title)}`;
    const keywords = ` ${foldText(article.keywords.join(' '))}`;
    let rank = 0;
    for (const word of wanted) {
      if (title.includes(` ${word}`)) continue;
      if (keywords.includes(` ${word}`)) rank += 1;
      else if (title.includes(word) || keywords.includes(word)) rank += 2;
      else return [];
    }
    return [{ article, title, rank }];
  });
  ranked.sort((a, b) => a.rank - b.rank || (a.title < b.title ? -1 : 1));
  return ranked.slice(0, limit).map(({ article }) => article);
}
