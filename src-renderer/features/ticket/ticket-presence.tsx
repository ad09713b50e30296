import type { TicketId } from '#shared/ids.ts';
import { useColleagueWords } from '../../state/presence.ts';
import { Icon } from '../../ui/icon.tsx';

/**
 * Who else has this ticket before them; nothing where nobody has. To be seen, not read out: it comes and goes, so that it
 * also stands where nothing moves for it.
 */
export function TicketPresence({ ticketId }: { readonly ticketId: TicketId }) {
  const words = useColleagueWords(ticketId);
  if (words === null) return null;
  return (
    <p className="ticket-presence" title={words.all} data-answering={words.answering === '' ? undefined : ''}>
      <Icon name={words.answering === '' ? 'preview' : 'edit'} size={14} />
      <span>{words.all}</span>
    </p>
  );
}
