import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LetterId } from '#shared/ids.ts';
import type { TicketView as TicketData } from '../../cache/cache-views.ts';
import { useDesk } from '../../state/desk-context.ts';
import { Icon } from '../../ui/icon.tsx';
import {
  conversationEntries,
  openByThemselves,
  type ConversationEntry,
  type ConversationFilter,
} from './conversation-entries.ts';
import { ConversationBar } from './conversation-bar.tsx';
import { EventLines } from './event-lines.tsx';
import { LetterView } from './letter-view.tsx';
import { NoteView } from './note-view.tsx';
import { OutgoingView } from './outgoing-view.tsx';
import { splittableLetters } from './relations/splittable-letters.ts';
import { entryPlace, useFollowing } from './use-following.ts';

const everything: ConversationFilter = { letters: true, notes: true, events: true };

/**
 * A ticket's letters, notes and events, oldest first, opened at the newest, or at the letter that is being answered.
 *
 * Of a long conversation the older letters are a line each, until they are wanted. What comes while it is on screen
 * neither moves nor folds anything under the reader's eyes: whoever reads further up is told that there is more below.
 */
export function Conversation({
  view,
  answered,
  onForward,
  onSplit,
}: {
  readonly view: TicketData;
  /** Null while nothing is being written. */
  readonly answered: LetterId | null;
  /** Null for whoever may not. */
  readonly onForward: ((letterId: LetterId) => void) | null;
  /** Null where no letter can become a ticket of its own. */
  readonly onSplit: ((letterId: LetterId) => void) | null;
}) {
  const { t } = useTranslation();
  const { session } = useDesk();
  const list = useRef<HTMLElement>(null);
  const [filter, setFilter] = useState(everything);
  const [wanted, setWanted] = useState<ReadonlyMap<LetterId, boolean>>(new Map());
  const entries = conversationEntries(view, filter);
  const splittable = new Set(splittableLetters(view).map(({ id }) => id));
  const open = openByThemselves(entries);
  const [stood, setStood] = useState(open);
  // What has stood open stays so, whatever comes after it.
  if (!open.isSubsetOf(stood)) setStood(stood.union(open));
  const isOpen = (id: LetterId) => wanted.get(id) ?? (stood.has(id) || id === answered);
  const foldable = entries.flatMap((entry) =>
    entry.kind === 'letter' && !open.has(entry.letter.id) ? [entry.letter.id] : [],
  );
  const allOpen = foldable.every(isOpen);

  const { hasNewBelow, showNewest } = useFollowing(
    list,
    entries
      .filter(({ kind }) => kind !== 'events')
      .map((entry) => ({
        key: keyOf(entry),
        id: messageOf(entry) ?? keyOf(entry),
        isOwn:
          entry.kind === 'outgoing' ||
          (entry.kind === 'note' && entry.note.activity.agentId === session.agent.id),
      })),
  );
  useEffect(() => {
    // The composer leaves the conversation little room, so that what it answers may lie outside.
    if (answered !== null)
      list.current?.querySelector(entryPlace(answered))?.scrollIntoView({ block: 'start' });
  }, [list, answered]);

  return (
    <section ref={list} className="conversation" aria-label={t('ticket.conversation')}>
      <ConversationBar
        view={view}
        filter={filter}
        onFilter={setFilter}
        folded={foldable.length === 0 ? null : !allOpen}
        onFold={(fold) => setWanted(new Map(foldable.map((id) => [id, !fold])))}
      />
      {entries.map((entry) => (
        <div key={keyOf(entry)} data-entry={keyOf(entry)} className="conversation-entry">
          {entry.kind === 'letter' && (
            <LetterView
              letter={entry.letter}
              content={entry.letter.content}
              sent={entry.sent}
              isOpen={isOpen(entry.letter.id)}
              onOpen={
                entries.length <= 1 || (open.has(entry.letter.id) && foldable.length === 0)
                  ? null
                  : (opened) => setWanted((before) => new Map(before).set(entry.letter.id, opened))
              }
              onForward={onForward === null ? null : () => onForward(entry.letter.id)}
              onSplit={
                onSplit === null || !splittable.has(entry.letter.id) ? null : () => onSplit(entry.letter.id)
              }
            />
          )}
          {entry.kind === 'outgoing' && <OutgoingView outgoing={entry.outgoing} view={view} />}
          {entry.kind === 'note' && <NoteView note={entry.note} text={entry.text} />}
          {entry.kind === 'events' && <EventLines events={entry.events} />}
        </div>
      ))}
      {entries.length === 0 && (
        <p className="quiet">
          {view.letters.length === 0 && view.activities.length === 0
            ? t('ticket.noLetters')
            : t('activity.nothing')}
        </p>
      )}
      <div role="status" className="new-below">
        {hasNewBelow && (
          <button type="button" onClick={showNewest}>
            <Icon name="chevron" size={14} /> {t('ticket.newBelow')}
          </button>
        )}
      </div>
    </section>
  );
}

/** What an answer and the letter that it becomes have in common; null for what is no letter. */
function messageOf(entry: ConversationEntry): string | null {
  if (entry.kind === 'outgoing') return entry.outgoing.messageId;
  return entry.kind === 'letter' ? entry.letter.messageId : null;
}

function keyOf(entry: ConversationEntry): string {
  switch (entry.kind) {
    case 'letter':
      return entry.letter.id;
    case 'outgoing':
      return entry.outgoing.id;
    case 'note':
      return entry.note.activity.id;
    case 'events':
      return entry.events[0]?.activity.id ?? '';
  }
}
