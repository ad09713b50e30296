import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LetterId, TicketId } from '#shared/ids.ts';
import { roleAllows } from '#shared/ticket/author.ts';
import type { TicketView as TicketData } from '../../cache/cache-views.ts';
import { useCommand } from '../../commands/use-command.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useNoteTexts } from '../../state/note-texts.ts';
import { usePanels } from '../../state/panels.ts';
import { useTicket } from '../../state/use-ticket.ts';
import { Composer } from '../compose/composer.tsx';
import { newestClientLetter } from '../compose/start-draft.ts';
import { newestDraft } from '../compose/waiting-draft.ts';
import { RejectedOperation } from '../outbox/rejected-operation.tsx';
import { Conversation } from './conversation.tsx';
import { NoteComposer } from './note-composer.tsx';
import { TicketDialogs, type TicketDialog } from './ticket-dialogs.tsx';
import { TicketHeader } from './ticket-header.tsx';
import { useTicketActions } from './use-ticket-actions.ts';

/** One ticket: header, conversation, and what is being written for it. A draft that waits is opened with its ticket. */
export function TicketView({ ticketId }: { readonly ticketId: TicketId }) {
  const { t } = useTranslation();
  const { cache } = useDesk();
  const seen = useTicket(cache, ticketId);
  const closeTicket = usePanels((panels) => panels.closeTicket);
  useCommand('ticket.leave', seen.state === 'here' ? null : closeTicket);
  if (seen.state !== 'here') {
    return (
      <section className="ticket" aria-label={t('ticket.label')}>
        <p className="queue-empty">{t(seen.state === 'loading' ? 'app.loading' : 'ticket.missing')}</p>
      </section>
    );
  }
  return <TicketOnScreen view={seen.view} />;
}

function TicketOnScreen({ view }: { readonly view: TicketData }) {
  const { t } = useTranslation();
  const { session } = useDesk();
  const { closeTicket, closeComposer, openTicket, compose } = usePanels();
  const [dialog, setDialog] = useState<TicketDialog | null>(null);
  // A note that was begun stands there again, without taking the keyboard.
  const [noting, setNoting] = useState(() => useNoteTexts.getState().texts.has(view.ticket.id));
  const [noteCalls, setNoteCalls] = useState(0);
  const place = useRef<HTMLElement>(null);
  const { ticket } = view;
  const composing = useComposing(view);
  const actions = useTicketActions(view, {
    composing,
    onDialog: setDialog,
    onNote: () => {
      setNoting(true);
      setNoteCalls((calls) => calls + 1);
    },
  });
  const closeNote = () => {
    setNoting(false);
    setNoteCalls(0);
  };
  useCommand('ticket.leave', () => {
    if (noteCalls > 0) closeNote();
    else if (composing) closeComposer(ticket.id);
    else closeTicket();
  });

  useEffect(() => {
    // What had the keyboard is gone with the composer; the ticket's keys go on working.
    if (!composing && noteCalls === 0 && document.activeElement === document.body) place.current?.focus();
  }, [composing, noteCalls]);

  const number = ticket.number === 0 ? t('ticket.numberLater') : ticket.number;
  const rejected = view.pendingOperations.filter(({ state }) => state.kind === 'rejected');
  const mayWork = roleAllows(session.agent.role, 'agent');
  return (
    <section ref={place} tabIndex={-1} className="ticket" aria-label={t('ticket.labelOf', { number })}>
      <TicketHeader
        ticket={ticket}
        pending={view.pendingOperations.some(({ state }) => state.kind === 'waiting')}
        actions={actions}
        onDialog={setDialog}
        onClose={closeTicket}
        onShow={openTicket}
      />
      {rejected.map((operation) => (
        <RejectedOperation key={operation.operation.id} pending={operation} />
      ))}
      <Conversation
        view={view}
        answered={composing ? answeredLetter(view) : null}
        onForward={mayWork ? (letterId) => compose(ticket.id, 'forward', letterId) : null}
      />
      {noting && (
        <NoteComposer
          key={noteCalls}
          ticketId={ticket.id}
          takesKeyboard={noteCalls > 0}
          onClose={closeNote}
        />
      )}
      {composing && <Composer key={ticket.id} view={view} onClose={() => closeComposer(ticket.id)} />}
      <TicketDialogs view={view} dialog={dialog} onClose={() => setDialog(null)} />
    </section>
  );
}

/** Whether the composer stands open; a draft that waits opens it once. */
function useComposing({ ticket, drafts }: TicketData): boolean {
  const { session } = useDesk();
  const { composingFor, awaitsDraft, composeDraft } = usePanels();
  const draftOffered = useRef(false);
  const mayWork = roleAllows(session.agent.role, 'agent');
  const hasDraft = drafts.length > 0;
  const composing = composingFor === ticket.id && (hasDraft || !awaitsDraft);
  useEffect(() => {
    // Once a visit: whoever closes the composer is not to have it pushed upon them again; and whoever sent from it
    // is not to find it again, for the draft may come from the cache only after it was sent.
    if ((!hasDraft && !composing) || draftOffered.current) return;
    draftOffered.current = true;
    if (mayWork && hasDraft && !composing) composeDraft(ticket.id);
  }, [hasDraft, composing, mayWork, composeDraft, ticket.id]);
  return composing;
}

/** What the answer that is being written answers: what its draft names, or what a new one will. */
function answeredLetter({ drafts, letters }: TicketData): LetterId | null {
  const messageId = newestDraft(drafts)?.inReplyTo ?? null;
  const named = messageId === null ? undefined : letters.find((letter) => letter.messageId === messageId);
  return named?.id ?? newestClientLetter(letters)?.id ?? null;
}
