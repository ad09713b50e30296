/** A text after something was put into it, and where the cursor belongs. */
export interface Insertion {
  readonly text: string;
  readonly cursor: number;
}

/** Puts an article's title and link on lines of their own where the selection is; never the article's content. */
export function insertArticle(
  text: string,
  selection: { readonly start: number; readonly end: number },
  article: { readonly title: string; readonly url: string },
): Insertion {
  const before = text.slice(0, selection.start);
  const after = text.slice(selection.end);
  const opening = before === '' || before.endsWith('\n') ? '' : '\n';
  const closing = after.startsWith('\n') ? '' : '\n';
  const inserted = `${opening}${article.title}\n${article.url}${closing}`;
  return { text: `${before}${inserted}${after}`, cursor: before.length + inserted.length };
}
