import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { LetterId } from '#shared/ids.ts';
import type { TicketView as TicketData } from '../../cache/cache-views.ts';
import { conversationEntries } from './conversation-entries.ts';
import { LetterView } from './letter-view.tsx';
import { OutgoingView } from './outgoing-view.tsx';

/** A ticket's letters, oldest first, opened at the newest, or at the one that is being answered. */
export function Conversation({
  view,
  answered,
}: {
  readonly view: TicketData;
  /** Null while nothing is being written. */
  readonly answered: LetterId | null;
}) {
  const { t } = useTranslation();
  const list = useRef<HTMLElement>(null);
  const entries = conversationEntries(view.letters, view.outgoing);
  const newestAt = entries.length - 1;
  const answeredAt = entries.findIndex((entry) => entry.kind === 'letter' && entry.letter.id === answered);
  useEffect(() => {
    list.current?.children[newestAt]?.scrollIntoView({ block: 'start' });
  }, [newestAt]);
  useEffect(() => {
    // The composer leaves the conversation little room, so that what it answers may lie outside.
    list.current?.children[answeredAt]?.scrollIntoView({ block: 'start' });
  }, [answeredAt]);
  return (
    <section ref={list} className="conversation" aria-label={t('ticket.conversation')}>
      {entries.map((entry) =>
        entry.kind === 'letter' ? (
          <LetterView key={entry.letter.id} letter={entry.letter} content={entry.content} sent={entry.sent} />
        ) : (
          <OutgoingView key={entry.outgoing.id} outgoing={entry.outgoing} />
        ),
      )}
      {entries.length === 0 && <p className="quiet">{t('ticket.noLetters')}</p>}
    </section>
  );
}
