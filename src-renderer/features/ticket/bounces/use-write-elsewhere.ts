import { letterReply } from '#shared/mail/letter-text.ts';
import type { TicketView } from '../../../cache/cache-views.ts';
import { useDesk } from '../../../state/desk-context.ts';
import { usePanels } from '../../../state/panels.ts';
import { clientLanguage } from '../client-language.ts';
import type { LostAnswer } from './lost-answers.ts';

/**
 * Writes what was lost to another address: the same answer to the participants whom nothing bounced from, or, where
 * there are none, the letter itself to be passed on to an address that the agent names. Null where neither can be done.
 */
export function useWriteElsewhere(view: TicketView, lost: LostAnswer | null): (() => void) | null {
  const { session } = useDesk();
  const answerWith = usePanels((panels) => panels.answerWith);
  const compose = usePanels((panels) => panels.compose);
  if (lost === null) return null;
  const { ticket, letters } = view;
  const letter = letters.find(({ messageId }) => messageId === lost.messageId) ?? null;
  const bounced = new Set(lost.recipients.map(({ address }) => address));
  const others = ticket.participants.filter(
    (address) => !bounced.has(address) && address !== session.mailboxAddress,
  );
  if (others.length > 0) {
    const content = letter?.content ?? null;
    return () =>
      answerWith(ticket.id, {
        text: content === null ? '' : letterReply(content).trim(),
        language: clientLanguage(letters),
        answerKind: letter?.answerKind ?? 'solution',
        to: others,
      });
  }
  return letter === null ? null : () => compose(ticket.id, 'forward', letter.id);
}
