import type { Draft, Outgoing } from '#shared/bridge/draft.ts';
import type { LetterId } from '#shared/ids.ts';
import type { AddNote } from '#shared/ticket/operations/add-note.ts';
import type { TicketActivity, TicketLetter, TicketView } from '../../cache/cache-views.ts';

/** One thing in a conversation, at its moment. */
export type ConversationEntry =
  | {
      readonly kind: 'letter';
      readonly at: number;
      readonly letter: TicketLetter;
      /** What this desk sent, for as long as the copy from the Sent folder is not here. */
      readonly sent: Draft | null;
    }
  | { readonly kind: 'outgoing'; readonly at: number; readonly outgoing: Outgoing }
  | { readonly kind: 'note'; readonly at: number; readonly note: TicketActivity; readonly text: string }
  | { readonly kind: 'events'; readonly at: number; readonly events: readonly TicketActivity[] };

/** What of a conversation is shown. */
export interface ConversationFilter {
  readonly letters: boolean;
  readonly notes: boolean;
  readonly events: boolean;
}

/**
 * A ticket's letters, outgoing answers, notes and events in order of time, each answer once.
 *
 * An answer is an outgoing letter first; once the ticket shows it as a letter and nothing is left to decide, the letter
 * takes its place. Events that follow each other are one entry.
 */
export function conversationEntries(
  { letters, outgoing, activities }: Pick<TicketView, 'letters' | 'outgoing' | 'activities'>,
  filter: ConversationFilter,
): readonly ConversationEntry[] {
  const entries: ConversationEntry[] = [];
  if (filter.letters) entries.push(...letterEntries(letters, outgoing));
  for (const line of activities) {
    const { operation } = line.activity;
    const at = operation.madeAt;
    if (operation.kind === 'add-note') {
      if (filter.notes) entries.push({ kind: 'note', at, note: line, text: noteText(operation) });
    } else if (filter.events) {
      entries.push({ kind: 'events', at, events: [line] });
    }
  }
  return joinEvents(entries.toSorted((a, b) => a.at - b.at || answersFirst(a) - answersFirst(b)));
}

/**
 * The letters that stand open by themselves; the others are a line each.
 *
 * Short conversations are all open. Of longer ones: what the client wrote since the last answer, and the newest letter.
 */
export function openByThemselves(entries: readonly ConversationEntry[]): ReadonlySet<LetterId> {
  const letters = entries.flatMap((entry) => (entry.kind === 'letter' ? [entry.letter] : []));
  if (letters.length <= shortConversation) return new Set(letters.map(({ id }) => id));
  const lastAnswer = letters.findLastIndex(
    ({ direction, answerKind, agentId }) => direction === 'out' && (answerKind !== null || agentId === null),
  );
  const unanswered = letters.slice(lastAnswer + 1);
  const newest = letters.slice(-1);
  return new Set([...unanswered, ...newest].map(({ id }) => id));
}

const shortConversation = 2;

function letterEntries(letters: readonly TicketLetter[], outgoing: readonly Outgoing[]): ConversationEntry[] {
  const sent = new Map(outgoing.map((answer) => [answer.messageId, answer.draft]));
  const known = new Set(letters.map(({ messageId }) => messageId));
  return [
    ...letters.map((letter): ConversationEntry => ({
      kind: 'letter',
      at: letter.receivedAt,
      letter,
      sent: letter.messageId === null ? null : (sent.get(letter.messageId) ?? null),
    })),
    ...outgoing
      .filter(({ state, messageId }) => state !== 'sent' || !known.has(messageId))
      .map((answer): ConversationEntry => ({ kind: 'outgoing', at: answer.queuedAt, outgoing: answer })),
  ];
}

/** A mailbox tells whole seconds: who wrote in that of our letter has not read it, and waits. */
function answersFirst(entry: ConversationEntry): number {
  return entry.kind === 'outgoing' || (entry.kind === 'letter' && entry.letter.direction === 'out') ? 0 : 1;
}

function noteText({ text }: AddNote): string {
  return text.trim();
}

function joinEvents(entries: readonly ConversationEntry[]): readonly ConversationEntry[] {
  const joined: ConversationEntry[] = [];
  for (const entry of entries) {
    const last = joined.at(-1);
    if (entry.kind === 'events' && last?.kind === 'events') {
      joined[joined.length - 1] = { ...last, events: [...last.events, ...entry.events] };
    } else {
      joined.push(entry);
    }
  }
  return joined;
}
