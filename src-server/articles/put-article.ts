import type { Article, PutArticle } from '#shared/protocol/article.ts';
import type { ArticleId } from '#shared/ids.ts';
import type { Database } from '../database/database.ts';
import { commitChanges } from '../feed/commit-changes.ts';

/** Creates or replaces an article of the knowledge base. */
export async function putArticle(
  database: Database,
  id: ArticleId,
  { title, url, keywords }: PutArticle,
  now: number,
): Promise<Article> {
  const article: Article = { id, title, url, keywords };
  await database.transaction(async (transaction) => {
    await transaction.query(
      'insert into article (id, state) values ($1, $2) on conflict (id) do update set state = excluded.state',
      [id, JSON.stringify(article)],
    );
    await commitChanges(transaction, [{ kind: 'article', id }], [], [], now);
  });
  return article;
}
