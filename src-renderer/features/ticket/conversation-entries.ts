import type { Draft, Outgoing } from '#shared/bridge/draft.ts';
import type { LetterContent } from '#shared/mail/letter-content.ts';
import type { Letter } from '#shared/ticket/letter.ts';

/** One thing in a conversation: a letter, or an answer on its way. */
export type ConversationEntry =
  | {
      readonly kind: 'letter';
      readonly letter: Letter;
      readonly content: LetterContent | null;
      /** What this desk sent, for as long as the copy from the Sent folder is not here. */
      readonly sent: Draft | null;
    }
  | { readonly kind: 'outgoing'; readonly outgoing: Outgoing };

/**
 * A ticket's letters and outgoing answers in order of time, each answer once.
 *
 * An answer is an outgoing letter first; once the ticket shows it as a letter and nothing is left to decide, the letter
 * takes its place.
 */
export function conversationEntries(
  letters: readonly (Letter & { readonly content: LetterContent | null })[],
  outgoing: readonly Outgoing[],
): ConversationEntry[] {
  const sent = new Map(outgoing.map((answer) => [answer.messageId, answer.draft]));
  const known = new Set(letters.map(({ messageId }) => messageId));
  const entries: { at: number; entry: ConversationEntry }[] = letters.map(({ content, ...letter }) => ({
    at: letter.receivedAt,
    entry: {
      kind: 'letter',
      letter,
      content,
      sent: letter.messageId === null ? null : (sent.get(letter.messageId) ?? null),
    },
  }));
  for (const answer of outgoing) {
    if (answer.state === 'sent' && known.has(answer.messageId)) continue;
    entries.push({ at: answer.queuedAt, entry: { kind: 'outgoing', outgoing: answer } });
  }
  return entries.toSorted((a, b) => a.at - b.at).map(({ entry }) => entry);
}
