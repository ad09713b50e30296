import { memo, useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { LetterId, TicketId } from '#shared/ids.ts';
import { roleAllows } from '#shared/ticket/author.ts';
import type { TicketView as TicketData } from '../../cache/cache-views.ts';
import { useCommand } from '../../commands/use-command.ts';
import { useKeptCommand } from '../../commands/use-kept-command.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useLeftDrafts } from '../../state/left-drafts.ts';
import { noteInHand, useNoteTexts } from '../../state/note-texts.ts';
import { usePanels } from '../../state/panels.ts';
import { useTicket } from '../../state/use-ticket.ts';
import { newestClientLetter } from '../compose/start-draft.ts';
import { newestDraft } from '../compose/waiting-draft.ts';
import { RejectedOperation } from '../outbox/rejected-operation.tsx';
import { deferred } from '../../ui/deferred.tsx';
import { availableActions } from './available-actions.ts';
import { Conversation } from './conversation.tsx';
import { NoteComposer } from './note-composer.tsx';
import { TicketDialogs, type TicketDialog } from './ticket-dialogs.tsx';
import { TicketHeader } from './ticket-header.tsx';
import { ticketActionIds, useTicketActions } from './use-ticket-actions.ts';

const Composer = deferred(async () => (await import('../compose/composer.tsx')).Composer);

/** One ticket: header, conversation, and what is being written for it. A draft that waits is opened with its ticket. */
export function TicketView({ ticketId }: { readonly ticketId: TicketId }) {
  const { t } = useTranslation();
  const { cache } = useDesk();
  const seen = useTicket(cache, ticketId);
  const closeTicket = usePanels((panels) => panels.closeTicket);
  const place = useRef<HTMLElement>(null);
  useCommand('ticket.leave', seen.state === 'here' ? null : closeTicket);
  useEffect(() => {
    // What had the keyboard is gone, as a dialog that made this ticket.
    if (document.activeElement === document.body) place.current?.focus();
  }, []);
  const shown = seen.state === 'here' ? seen.view.ticket : null;
  useKeptCommand(ticketId, shown?.id === ticketId, ticketActionIds);
  const number = shown?.number ?? null;
  const label =
    number === null
      ? t('ticket.label')
      : t('ticket.labelOf', { number: number === 0 ? t('ticket.numberLater') : number });
  // The same place whatever is in it: who gave it the keyboard while it was loading finds it there afterwards.
  return (
    <section
      ref={place}
      tabIndex={-1}
      className="ticket"
      aria-label={label}
      aria-busy={seen.state === 'here' ? shown?.id !== ticketId : seen.state === 'loading'}
    >
      {seen.state === 'here' ? (
        <TicketOnScreen view={seen.view} place={place} />
      ) : (
        <p className="queue-empty">{t(seen.state === 'loading' ? 'app.loading' : 'ticket.missing')}</p>
      )}
    </section>
  );
}

/** What is open over and under one ticket's conversation. */
interface Opened {
  readonly ticketId: TicketId;
  readonly dialog: TicketDialog | null;
  /** Null while nobody said: a note that was begun stands there again, without taking the keyboard. */
  readonly noting: boolean | null;
  /** How often the note was asked for; 0 while it does not take the keyboard. */
  readonly noteCalls: number;
  /** The letter that the dialog was opened from. */
  readonly letterId: LetterId | null;
  /** The fact that is being written down. */
  readonly factId: string | null;
}

function openedFor(ticketId: TicketId): Opened {
  return { ticketId, dialog: null, noting: null, noteCalls: 0, letterId: null, factId: null };
}

/** The same for one ticket after another, so that the next one is not built from nothing. */
const TicketOnScreen = memo(function TicketOnScreen({
  view,
  place,
}: {
  readonly view: TicketData;
  /** What takes the keyboard when nothing in it has it. */
  readonly place: RefObject<HTMLElement | null>;
}) {
  const { session, now } = useDesk();
  const closeTicket = usePanels((panels) => panels.closeTicket);
  const closeComposer = usePanels((panels) => panels.closeComposer);
  const openTicket = usePanels((panels) => panels.openTicket);
  const compose = usePanels((panels) => panels.compose);
  const composingTurn = usePanels((panels) => panels.composingTurn);
  const { ticket } = view;
  const hasNote = useNoteTexts(({ notes }) => (noteInHand(view.notes, notes, ticket.id)?.text ?? '') !== '');
  const [opened, setOpened] = useState(() => openedFor(ticket.id));
  if (opened.ticketId !== ticket.id) setOpened(openedFor(ticket.id));
  // Emptied, it stays open.
  else if (opened.noting === null && hasNote) setOpened({ ...opened, noting: true });
  const { dialog, noting, noteCalls, letterId, factId } = opened;
  /** Changes what is open over this ticket; what is over by then may be another one's. */
  const change = (edit: (before: Opened) => Partial<Opened>) =>
    setOpened((before) => (before.ticketId === ticket.id ? { ...before, ...edit(before) } : before));
  const setDialog = (next: TicketDialog | null) => change(() => ({ dialog: next, letterId: null }));
  const composing = useComposing(view);
  const actions = useTicketActions(view, {
    composing,
    onDialog: setDialog,
    onFacts: (wanted) => change(() => ({ factId: wanted })),
    onNote: () => change((before) => ({ noting: true, noteCalls: before.noteCalls + 1 })),
  });
  const closeNote = () => change(() => ({ noting: false, noteCalls: 0 }));
  useCommand('ticket.leave', () => {
    if (noteCalls > 0) closeNote();
    else if (composing) closeComposer(ticket.id);
    else closeTicket();
  });

  useEffect(() => useLeftDrafts.getState().noteTold(view.drafts), [view.drafts]);
  useEffect(() => {
    // What had the keyboard is gone with the composer; the ticket's keys go on working.
    const isWanted = usePanels.getState().ticketId === ticket.id && !composing && noteCalls === 0;
    if (isWanted && document.activeElement === document.body) place.current?.focus();
  }, [composing, noteCalls, ticket.id, place]);

  const rejected = view.pendingOperations.filter(({ state }) => state.kind === 'rejected');
  const may = availableActions(ticket, session.agent, now);
  const maySplit = actions.some(({ id, run }) => id === 'ticket.split' && run !== null);
  return (
    <>
      <TicketHeader
        view={view}
        pending={view.pendingOperations.some(({ state }) => state.kind === 'waiting')}
        actions={actions}
        onDialog={setDialog}
        factId={factId}
        onFact={(wanted) => change(() => ({ factId: wanted }))}
        onClose={closeTicket}
        onShow={openTicket}
      />
      {rejected.map((operation) => (
        <RejectedOperation key={operation.operation.id} pending={operation} onForm={setDialog} />
      ))}
      <Conversation
        key={ticket.id}
        view={view}
        answered={composing ? answeredLetter(view) : null}
        onForward={may.answer ? (id) => compose(ticket.id, 'forward', id) : null}
        onSplit={maySplit ? (id) => change(() => ({ dialog: 'split', letterId: id })) : null}
      />
      {noting === true && (
        <NoteComposer
          key={`${ticket.id} ${noteCalls}`}
          view={view}
          takesKeyboard={noteCalls > 0}
          onClose={closeNote}
        />
      )}
      {composing && (
        <Composer
          key={`${ticket.id} ${composingTurn}`}
          view={view}
          onClose={() => closeComposer(ticket.id)}
        />
      )}
      <TicketDialogs
        view={view}
        dialog={dialog}
        letterId={letterId}
        onDialog={setDialog}
        onClose={() => setDialog(null)}
      />
    </>
  );
});

/** Whether the composer stands open; a draft that waits opens it once. */
function useComposing({ ticket, drafts }: TicketData): boolean {
  const { session } = useDesk();
  const composingFor = usePanels((panels) => panels.composingFor);
  const awaitsDraft = usePanels((panels) => panels.awaitsDraft);
  const composeDraft = usePanels((panels) => panels.composeDraft);
  const offeredFor = useRef<TicketId | null>(null);
  const mayWork = roleAllows(session.agent.role, 'agent');
  const hasDraft = drafts.length > 0;
  const composing = composingFor === ticket.id && (hasDraft || !awaitsDraft);
  useEffect(() => {
    // Once a visit: whoever closes the composer is not to have it pushed upon them again; and whoever sent from it
    // is not to find it again, for the draft may come from the cache only after it was sent.
    if (offeredFor.current !== ticket.id) offeredFor.current = null;
    if ((!hasDraft && !composing) || offeredFor.current !== null) return;
    offeredFor.current = ticket.id;
    // Whoever has gone on to another ticket, which is on its way, is not called back.
    const isMeant = usePanels.getState().ticketId === ticket.id;
    if (mayWork && hasDraft && !composing && isMeant) composeDraft(ticket.id);
  }, [hasDraft, composing, mayWork, composeDraft, ticket.id]);
  return composing;
}

/** What the answer that is being written answers: what its draft names, or what a new one will. */
function answeredLetter({ drafts, letters }: TicketData): LetterId | null {
  const messageId = newestDraft(drafts)?.inReplyTo ?? null;
  const named = messageId === null ? undefined : letters.find((letter) => letter.messageId === messageId);
  return named?.id ?? newestClientLetter(letters)?.id ?? null;
}
