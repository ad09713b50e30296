import { useState } from 'react';
import type { Draft } from '#shared/bridge/draft.ts';
import { displayAddress } from '#shared/mail/addresses.ts';
import type { MailboxAddress } from '#shared/ticket/letter.ts';
import { errorKey, type ErrorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { useQueueListing } from '../../state/queue-view.ts';
import { firstUnfilledSlot, sendQuestions, type SendQuestion } from './letter-checks.ts';
import { isRecipient } from './parse-recipients.ts';
import type { OpenDraft } from './use-draft.ts';

/** Why a letter does not go, in words' keys. */
export interface ComposeProblem {
  readonly key:
    | ErrorKey
    | 'compose.noRecipient'
    | 'compose.noText'
    | 'compose.notSaved'
    | 'compose.stillUploading'
    | 'compose.tooLarge'
    | 'compose.notParticipant'
    | 'compose.tooLong'
    | 'compose.unfilledSlot'
    | 'compose.wrongAddress';
  readonly values?: Readonly<Record<string, string | number>>;
}

/** What the agent is asked before a letter goes. */
export interface Asking {
  readonly questions: readonly SendQuestion[];
  readonly next: boolean;
}

/** The way of a letter from the composer into the outbox. */
export interface Sending {
  readonly sending: boolean;
  readonly problem: ComposeProblem | null;
  readonly asking: Asking | null;
  /** `next` opens the next ticket of the list afterwards. */
  readonly send: (next: boolean) => Promise<void>;
  /** The answer to `asking`. */
  readonly decide: (goOn: boolean) => Promise<void>;
}

/** Checks a letter, asks what there is to ask, once, and hands it over; it can still be called back then. */
export function useSend({
  open,
  allowed,
  own,
  signature,
  uploading,
  writeOut,
  onUnfilled,
  onSent,
}: {
  readonly open: OpenDraft;
  /** To whom an answer may go. */
  readonly allowed: readonly MailboxAddress[];
  /** The agent's own words as they stand. */
  readonly own: () => string;
  readonly signature: string;
  readonly uploading: boolean;
  readonly writeOut: () => void;
  readonly onUnfilled: () => void;
  readonly onSent: () => void;
}): Sending {
  const { bridge, cache, settings } = useDesk();
  const { tell, openTicket, closeTicket } = usePanels();
  const listing = useQueueListing();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<ComposeProblem | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);

  const isAllowed = ({ address }: MailboxAddress) => allowed.some((person) => person.address === address);
  const refusal = (draft: Draft): ComposeProblem | null => {
    const people = [...draft.to, ...draft.cc];
    const wrong = people.find((person) => !isRecipient(person));
    if (draft.to.length === 0) return { key: 'compose.noRecipient' };
    if (wrong !== undefined) return { key: 'compose.wrongAddress', values: { address: wrong.address } };
    // Somebody was taken out of the ticket after the answer was begun.
    const stranger = draft.purpose === 'answer' ? people.find((person) => !isAllowed(person)) : undefined;
    if (stranger !== undefined) {
      return { key: 'compose.notParticipant', values: { address: displayAddress(stranger.address) } };
    }
    if (draft.text.trim() === '') return { key: 'compose.noText' };
    const slot = firstUnfilledSlot(own());
    if (slot !== null) {
      onUnfilled();
      return { key: 'compose.unfilledSlot', values: { slot } };
    }
    return uploading ? { key: 'compose.stillUploading' } : null;
  };
  const handOver = async (next: boolean): Promise<void> => {
    const { id, ticketId } = open.latest();
    const delayMs = settings.undoSendSeconds * 1000;
    setSending(true);
    const kept = await open.flush();
    const following = next ? (await cache.neighbours(ticketId, listing)).next : null;
    const sent = kept ? await bridge.call('outgoing.send', { draftId: id, delayMs }) : null;
    setSending(false);
    if (sent === null) return setProblem({ key: 'compose.notSaved' });
    if (!sent.ok) return setProblem({ key: errorKey(sent.error) });
    open.release();
    if (delayMs === 0) tell({ tone: 'success', key: 'compose.queued' });
    onSent();
    if (!next) return;
    if (following === null || following === ticketId) closeTicket();
    else openTicket(following);
  };

  return {
    sending,
    problem,
    asking,
    send: async (next) => {
      if (sending) return;
      writeOut();
      const draft = open.latest();
      const refused = refusal(draft);
      setProblem(refused);
      if (refused !== null) return;
      const letter = {
        own: own(),
        signature,
        attachments: draft.attachments.length,
        missing: draft.forwards?.missing.length ?? 0,
      };
      const questions = sendQuestions(letter, draft.purpose === 'forward');
      if (questions.length > 0) setAsking({ questions, next });
      else await handOver(next);
    },
    decide: async (goOn) => {
      setAsking(null);
      if (goOn && asking !== null) await handOver(asking.next);
    },
  };
}
