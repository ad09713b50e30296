import type { TicketId } from '#shared/ids.ts';
import type { Activity } from '#shared/ticket/activity.ts';
import { usePanels } from '../../../state/panels.ts';
import { useTicketNames } from './use-ticket-names.ts';

/** Ends the sentence of a line of the history that is about another ticket too: names that one, and opens it. */
export function ActivityTicket({ operation }: { readonly operation: Activity['operation'] }) {
  const id = otherTicketOf(operation);
  return id === null ? null : <TicketButton id={id} />;
}

function TicketButton({ id }: { readonly id: TicketId }) {
  const openTicket = usePanels((panels) => panels.openTicket);
  const nameOf = useTicketNames([id]);
  return (
    <>
      {' '}
      <button type="button" className="text-button" onClick={() => openTicket(id)}>
        {nameOf(id)}
      </button>
    </>
  );
}

/** The other ticket of an operation; null for those that concern one only. */
function otherTicketOf(operation: Activity['operation']): TicketId | null {
  switch (operation.kind) {
    case 'link-tickets':
      return operation.otherId;
    case 'merge-ticket':
      return operation.into;
    case 'split-ticket':
      return operation.newTicketId;
    default:
      return null;
  }
}
