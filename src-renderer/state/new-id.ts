import { v7 } from 'uuid';
import type {
  ArticleId,
  BlockedSenderId,
  DraftId,
  GroupId,
  OperationId,
  TemplateId,
  TicketId,
} from '#shared/ids.ts';

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

/** A new ticket's id: the desk that opens one by itself makes it. */
export function newTicketId(): TicketId {
  return v7() as TicketId;
}

/** A new template's id. */
export function newTemplateId(): TemplateId {
  return v7() as TemplateId;
}

/** A new group's id. */
export function newGroupId(): GroupId {
  return v7() as GroupId;
}

/** The id under which a sender is blocked. */
export function newBlockedSenderId(): BlockedSenderId {
  return v7() as BlockedSenderId;
}
