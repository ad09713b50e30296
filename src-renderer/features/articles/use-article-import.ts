import { useRef, useState } from 'react';
import type { Article } from '#shared/protocol/article.ts';
import { errorKey, type ErrorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { newArticleId } from '../../state/new-id.ts';
import type { ArticleFile, ArticleLine } from './article-lines.ts';

/** What the API takes at once. */
const batchSize = 1000;

/** How far an import is. */
export interface ImportProgress {
  readonly state: 'idle' | 'running' | 'failed' | 'done';
  readonly done: number;
  readonly total: number;
  readonly problem: ErrorKey | null;
}

/** Sends the good lines of a file to the API, batch after batch; after a failure it goes on where it stopped. */
export function useArticleImport(file: ArticleFile): {
  readonly progress: ImportProgress;
  readonly run: () => Promise<void>;
} {
  const { bridge } = useDesk();
  // Ids are made once: a batch whose answer was lost replaces itself when it is sent again.
  const articles = useRef<readonly Article[] | null>(null);
  const total = file.lines.filter(({ verdict }) => verdict !== 'broken').length;
  const [progress, setProgress] = useState<ImportProgress>({ state: 'idle', done: 0, total, problem: null });

  const run = async () => {
    articles.current ??= file.lines.flatMap(articleOf);
    let { done } = progress;
    while (done < total) {
      setProgress({ state: 'running', done, total, problem: null });
      const batch = articles.current.slice(done, done + batchSize);
      const kept = await bridge.call('articles.import', { articles: batch });
      if (!kept.ok) return setProgress({ state: 'failed', done, total, problem: errorKey(kept.error) });
      done += batch.length;
    }
    return setProgress({ state: 'done', done, total, problem: null });
  };
  return { progress, run };
}

function articleOf(line: ArticleLine): Article[] {
  if (line.verdict === 'broken') return [];
  const id = line.verdict === 'replaces' ? line.replaced.id : newArticleId();
  return [{ id, ...line.article }];
}
