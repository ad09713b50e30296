import { v7 } from 'uuid';
import type { ArticleId, DraftId, OperationId } from '#shared/ids.ts';

/** A new operation's id, the key under which it is applied once and for ever. */
export function newOperationId(): OperationId {
  return v7() as OperationId;
}

/** A new draft's id. */
export function newDraftId(): DraftId {
  return v7() as DraftId;
}

/** A new article's id. */
export function newArticleId(): ArticleId {
  return v7() as ArticleId;
}
