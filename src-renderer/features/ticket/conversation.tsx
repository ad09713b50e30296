import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView as TicketData } from '../../cache/cache-views.ts';
import { conversationEntries } from './conversation-entries.ts';
import { LetterView } from './letter-view.tsx';
import { OutgoingView } from './outgoing-view.tsx';

/** A ticket's letters, oldest first, opened at the newest. */
export function Conversation({ view }: { readonly view: TicketData }) {
  const { t } = useTranslation();
  const end = useRef<HTMLDivElement>(null);
  const entries = conversationEntries(view.letters, view.outgoing);
  const count = entries.length;
  useEffect(() => {
    if (count > 0) end.current?.previousElementSibling?.scrollIntoView({ block: 'start' });
  }, [count]);
  return (
    <section className="conversation" aria-label={t('ticket.conversation')}>
      {entries.map((entry) =>
        entry.kind === 'letter' ? (
          <LetterView key={entry.letter.id} letter={entry.letter} content={entry.content} sent={entry.sent} />
        ) : (
          <OutgoingView key={entry.outgoing.id} outgoing={entry.outgoing} />
        ),
      )}
      {count === 0 && <p className="quiet">{t('ticket.noLetters')}</p>}
      <div ref={end} />
    </section>
  );
}
