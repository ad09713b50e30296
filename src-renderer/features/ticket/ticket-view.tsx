import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { LetterId, TicketId } from '#shared/ids.ts';
import { roleAllows } from '#shared/ticket/author.ts';
import type { TicketView as TicketData } from '../../cache/cache-views.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { useOperations } from '../../state/use-operations.ts';
import { useTicket } from '../../state/use-ticket.ts';
import { isTyping, useKeys } from '../../ui/use-keys.ts';
import { Composer } from '../compose/composer.tsx';
import { newestClientLetter } from '../compose/start-draft.ts';
import { newestDraft } from '../compose/use-draft.ts';
import { RejectedOperation } from '../outbox/rejected-operation.tsx';
import { Conversation } from './conversation.tsx';
import { TicketHeader } from './ticket-header.tsx';

/**
 * One ticket: header, conversation, and the composer while an answer is being written.
 *
 * Keys: r answers, c claims, Escape goes back. A draft that waits is opened with its ticket.
 */
export function TicketView({ ticketId }: { readonly ticketId: TicketId }) {
  const { t } = useTranslation();
  const { cache, session } = useDesk();
  const { composingFor, awaitsDraft, compose, closeComposer, closeTicket, openTicket } = usePanels();
  const { claim } = useOperations();
  const seen = useTicket(cache, ticketId);
  const draftOffered = useRef(false);
  const place = useRef<HTMLElement>(null);
  const mayWork = roleAllows(session.agent.role, 'agent');
  const hasDraft = seen.state === 'here' && seen.view.drafts.length > 0;
  const composing = composingFor === ticketId && (hasDraft || !awaitsDraft);

  useEffect(() => {
    // Once a visit: whoever closes the composer is not to have it pushed upon them again; and whoever sent from it
    // is not to find it again, for the draft may come from the cache only after it was sent.
    if ((!hasDraft && !composing) || draftOffered.current) return;
    draftOffered.current = true;
    if (mayWork && hasDraft) compose(ticketId);
  }, [hasDraft, composing, mayWork, compose, ticketId]);

  useEffect(() => {
    // What had the keyboard is gone with the composer; the ticket's keys go on working.
    if (!composing && document.activeElement === document.body) place.current?.focus();
  }, [composing]);

  useKeys(place, (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return false;
    if (event.code === 'Escape') {
      if (composing) closeComposer(ticketId);
      else closeTicket();
      return true;
    }
    if (isTyping(event.target) || !mayWork) return false;
    if (event.code === 'KeyR') compose(ticketId);
    else if (event.code === 'KeyC') void claim(ticketId);
    else return false;
    return true;
  });

  if (seen.state !== 'here') {
    return (
      <section ref={place} className="ticket" aria-label={t('ticket.label')}>
        <p className="queue-empty">{t(seen.state === 'loading' ? 'app.loading' : 'ticket.missing')}</p>
      </section>
    );
  }
  const { view } = seen;
  const { ticket } = view;
  const rejected = view.pendingOperations.filter(({ state }) => state.kind === 'rejected');
  return (
    <section
      ref={place}
      tabIndex={-1}
      className="ticket"
      aria-label={t('ticket.labelOf', { number: ticket.number })}
    >
      <TicketHeader
        ticket={ticket}
        pending={view.pendingOperations.some(({ state }) => state.kind === 'waiting')}
        composing={composing}
        onReply={() => compose(ticketId)}
        onClose={closeTicket}
        onShow={openTicket}
      />
      {rejected.map((operation) => (
        <RejectedOperation key={operation.operation.id} pending={operation} />
      ))}
      <Conversation view={view} answered={composing ? answeredLetter(view) : null} />
      {composing && <Composer key={ticketId} view={view} onClose={() => closeComposer(ticketId)} />}
    </section>
  );
}

/** What the answer that is being written answers: what its draft names, or what a new one will. */
function answeredLetter({ drafts, letters }: TicketData): LetterId | null {
  const messageId = newestDraft(drafts)?.inReplyTo ?? null;
  const named = messageId === null ? undefined : letters.find((letter) => letter.messageId === messageId);
  return named?.id ?? newestClientLetter(letters)?.id ?? null;
}
