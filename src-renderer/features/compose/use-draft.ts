import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BridgeError } from '#shared/bridge/bridge-error.ts';
import type { Draft } from '#shared/bridge/draft.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import type { Letter } from '#shared/ticket/letter.ts';
import type { TicketView } from '../../cache/cache-views.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useLeftDrafts, withLeft } from '../../state/left-drafts.ts';
import { newDraftId } from '../../state/new-id.ts';
import { usePanels } from '../../state/panels.ts';
import { addressWords } from '../../ui/address-text.tsx';
import { DraftSaver } from './draft-saver.ts';
import { withFirstWords } from './first-words.ts';
import { quoteLetter, withQuote } from './quote-letter.ts';
import { selectedPart } from './selected-part.ts';
import { signatureOf } from './signature-of.ts';
import {
  allowedRecipients,
  newestClientLetter,
  reopenDraft,
  startAnswer,
  startForward,
  type DraftStart,
} from './start-draft.ts';
import { waitingDraft } from './waiting-draft.ts';

const saveDelayMs = 400;

interface Saving {
  readonly saved: OpenDraft['saved'];
  readonly error: BridgeError | null;
  /** `updatedAt` of what it speaks of. */
  readonly changedAt: number;
}

/** What becomes other of a draft; a function is given the newest one there is. */
export type DraftChange = Partial<Draft> | ((draft: Draft) => Partial<Draft>);

/** A draft while it is being written. */
export interface OpenDraft {
  readonly draft: Draft;
  /** Whether this computer's disk has it as it stands. */
  readonly saved: 'untouched' | 'saving' | 'saved' | 'failed';
  readonly error: BridgeError | null;
  readonly change: (change: DraftChange) => void;
  /** The newest state, also before it is on screen. */
  readonly latest: () => Draft;
  /** Resolves to whether the draft is on disk. */
  readonly flush: () => Promise<boolean>;
  /** Lets go of a draft that was sent: it is not saved any more, whatever still changes. */
  readonly release: () => void;
  /** Throws the draft away. */
  readonly discard: () => Promise<void>;
}

/**
 * The ticket's waiting draft, or a new one, saved as it is written.
 *
 * While it is open the text on screen is the newest there is: what the cache says of it comes from here. A new draft
 * is kept from its first change on, so that looking leaves nothing behind.
 */
export function useDraft(view: TicketView): OpenDraft {
  const { bridge, clockOffsetMs } = useDesk();
  const open = useOpenedDraft(view);
  const [opened] = useState<OpenedDraft>(open);
  const [draft, setDraft] = useState<Draft>(opened.draft);
  const [saving, setSaving] = useState<Saving>({ saved: 'untouched', error: null, changedAt: 0 });
  const latest = useRef(draft);
  const isLetGo = useRef(false);

  const saver = useMemo(
    () =>
      new DraftSaver(async (unsaved) => {
        const kept = await bridge.call('drafts.save', { draft: unsaved });
        const written: Saving = kept.ok
          ? { saved: 'saved', error: null, changedAt: unsaved.updatedAt }
          : { saved: 'failed', error: kept.error, changedAt: unsaved.updatedAt };
        // What was typed during the write is not saved yet.
        setSaving((now) => (kept.ok && now.changedAt > unsaved.updatedAt ? now : written));
        return kept.ok;
      }, saveDelayMs),
    [bridge],
  );

  useEffect(() => {
    const flush = () => void saver.flush();
    window.addEventListener('blur', flush);
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('blur', flush);
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [saver]);

  const change = (wanted: DraftChange) => {
    const before = latest.current;
    const changes = typeof wanted === 'function' ? wanted(before) : wanted;
    const updatedAt = Math.max(before.updatedAt + 1, Date.now() + clockOffsetMs);
    const changed = { ...before, ...changes, updatedAt };
    latest.current = changed;
    setDraft(changed);
    setSaving(({ error }) => ({ saved: 'saving', error, changedAt: updatedAt }));
    saver.change(changed);
    if (!isLetGo.current) useLeftDrafts.getState().keep(changed);
  };
  // What a form or the opening wrote into it is work already, though no key was pressed.
  const keepBegun = useEffectEvent(() => {
    if (!opened.isChanged) return;
    change({});
    // Once: whoever has changed them since does not find them before everything again.
    usePanels.getState().wordsKept();
  });
  useEffect(() => keepBegun(), []);

  const letGo = () => {
    isLetGo.current = true;
    useLeftDrafts.getState().drop(latest.current.id);
  };
  return {
    draft,
    saved: saving.saved,
    error: saving.error,
    change,
    latest: () => latest.current,
    flush: async () => {
      saver.change(latest.current);
      return await saver.flush();
    },
    release: () => {
      letGo();
      void saver.abandon();
    },
    discard: async () => {
      letGo();
      await saver.abandon();
      await bridge.call('drafts.discard', { id: latest.current.id });
    },
  };
}

/** A draft as its composer begins with it. */
interface OpenedDraft {
  readonly draft: Draft;
  /** Whether words came into it that are to be kept. */
  readonly isChanged: boolean;
}

/** Finds the draft that waits, or begins one: an answer or a forward, as the desk was told. */
function useOpenedDraft(view: TicketView): () => OpenedDraft {
  const { t } = useTranslation();
  const { session, settings, agents, clockOffsetMs } = useDesk();
  const { composingPurpose: purpose, composingLetterId: letterId, composingWords, awaitsDraft } = usePanels();
  return () => {
    const opened = openedDraft();
    if (composingWords === null) return opened;
    const allowed = allowedRecipients(view.ticket, view.letters, session.mailboxAddress);
    return { draft: withFirstWords(opened.draft, composingWords, allowed), isChanged: true };
  };

  function openedDraft(): OpenedDraft {
    const drafts = withLeft(view.drafts, useLeftDrafts.getState().drafts, view.ticket.id);
    const waiting = waitingDraft(drafts, { purpose, letterId, awaitsDraft });
    if (waiting !== null) return withMarked(reopenDraft(waiting, view.version));
    const start: DraftStart = {
      id: newDraftId(),
      ticket: view.ticket,
      version: view.version,
      letters: view.letters,
      ownAddress: session.mailboxAddress,
      now: Date.now() + clockOffsetMs,
      signature: signatureOf(agents.get(session.agent.id) ?? session.agent, settings),
      attribution,
    };
    const named = view.letters.find(({ id }) => id === letterId);
    const letter = named ?? newestClientLetter(view.letters);
    const draft =
      purpose === 'forward' && letter !== null
        ? startForward(start, letter, forwardHead)
        : startAnswer(start, selectedPart(document));
    return { draft, isChanged: false };
  }

  /** A waiting answer with what the agent has marked since; one that opens by itself was told nothing. */
  function withMarked(waiting: Draft): OpenedDraft {
    const marked = awaitsDraft || waiting.purpose === 'forward' ? null : selectedPart(document);
    const letter = view.letters.find(({ id }) => id === marked?.letterId);
    if (marked === null || letter === undefined) return { draft: waiting, isChanged: false };
    const draft = withQuote(waiting, quoteLetter(letter, attribution(letter), marked.text));
    return { draft, isChanged: draft !== waiting };
  }

  function attribution({ from, receivedAt }: Letter): string {
    return t('compose.wrote', { at: formatMoment(receivedAt), who: addressWords(from) });
  }

  function forwardHead({ from, to, subject, receivedAt }: Letter): string[] {
    return [
      t('compose.forward.head'),
      t('compose.forward.from', { who: addressWords(from) }),
      t('compose.forward.at', { at: formatMoment(receivedAt) }),
      t('compose.forward.subject', { subject }),
      t('compose.forward.to', { who: to.map(addressWords).join(', ') }),
    ];
  }
}
