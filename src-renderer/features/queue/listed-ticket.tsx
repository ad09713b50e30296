import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutgoingState } from '#shared/bridge/draft.ts';
import type { QueueRow as Row } from '../../cache/cache-views.ts';
import { languageOf } from '../../language/words.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useColleagueWords } from '../../state/presence.ts';
import { useHolderWords } from '../../state/use-holder-words.ts';
import { describeDue } from './describe-due.ts';
import { QueueRow } from './queue-row.tsx';

/** One place of the list. Drawn again only when something about it changes: scrolling draws new places alone. */
export const ListedTicket = memo(function ListedTicket({
  index,
  top,
  total,
  row,
  answer,
  isCursor,
  isOpen,
}: {
  readonly index: number;
  /** Of the place in the list, in pixels. */
  readonly top: number;
  readonly total: number;
  /** Undefined until it is known. */
  readonly row: Row | undefined;
  readonly answer: OutgoingState | null;
  readonly isCursor: boolean;
  readonly isOpen: boolean;
}) {
  const { t, i18n } = useTranslation();
  const { agents, calendar, now, policy, rules, session } = useDesk();
  const holderWords = useHolderWords();
  const colleagues = useColleagueWords(row?.ticket.id ?? null);
  const due = row === undefined ? null : describeDue(row.ticket, now, calendar, policy);
  const assigneeId = row?.ticket.assigneeId ?? null;
  const category = () => {
    const id = row?.ticket.category ?? null;
    return id === null ? null : (rules.category(id)?.title[languageOf(i18n)] ?? null);
  };
  const assignee = () => {
    if (assigneeId === null) return null;
    if (assigneeId === session.agent.id) return t('queue.assignedToYou');
    return agents.get(assigneeId)?.name ?? t('ticket.colleague');
  };
  return (
    <div
      id={`queue-row-${index}`}
      className="queue-row"
      role="option"
      aria-selected={isOpen}
      aria-setsize={total}
      aria-posinset={index + 1}
      data-cursor={isCursor || undefined}
      data-due={due?.state}
      style={{ transform: `translateY(${top}px)` }}
      data-index={index}
      tabIndex={-1}
    >
      {row !== undefined && (
        <QueueRow
          row={row}
          category={category()}
          due={due}
          now={now}
          holder={holderWords(row.ticket.holder)}
          assignee={assignee()}
          colleagues={colleagues}
          answer={answer}
        />
      )}
    </div>
  );
});
