import { useTranslation } from 'react-i18next';
import type { OutgoingState } from '#shared/bridge/draft.ts';
import type { QueueRow as Row } from '../../cache/cache-views.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useHolderWords } from '../../state/use-holder-words.ts';
import type { Due } from './describe-due.ts';
import { QueueRow } from './queue-row.tsx';

/** A row with the names of those who have to do with it. */
export function ListedTicket({
  row,
  due,
  answer,
}: {
  readonly row: Row;
  readonly due: Due | null;
  readonly answer: OutgoingState | null;
}) {
  const { t } = useTranslation();
  const { agents, now, session } = useDesk();
  const holderWords = useHolderWords();
  const { assigneeId, holder } = row.ticket;
  const assignee = () => {
    if (assigneeId === null) return null;
    if (assigneeId === session.agent.id) return t('queue.assignedToYou');
    return agents.get(assigneeId)?.name ?? t('ticket.colleague');
  };
  return (
    <QueueRow
      row={row}
      due={due}
      now={now}
      holder={holderWords(holder)}
      assignee={assignee()}
      answer={answer}
    />
  );
}
