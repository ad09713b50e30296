import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BridgeError } from '#shared/bridge/bridge-error.ts';
import type { Draft } from '#shared/bridge/draft.ts';
import { formatMoment } from '#shared/text/format-moment.ts';
import type { TicketView } from '../../cache/cache-views.ts';
import { useDesk } from '../../state/desk-context.ts';
import { newDraftId } from '../../state/new-id.ts';
import { addressWords } from '../../ui/address-text.tsx';
import { DraftSaver } from './draft-saver.ts';
import { reopenDraft, startDraft } from './start-draft.ts';

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
  const { t } = useTranslation();
  const { bridge, session, status } = useDesk();
  const clockOffsetMs = status?.clockOffsetMs ?? 0;
  const [draft, setDraft] = useState<Draft>(() => {
    const waiting = newestDraft(view.drafts);
    if (waiting !== null) return reopenDraft(waiting, view.version);
    return startDraft({
      id: newDraftId(),
      ticket: view.ticket,
      version: view.version,
      letters: view.letters,
      ownAddress: session.mailboxAddress,
      now: Date.now() + clockOffsetMs,
      attribution: ({ from, receivedAt }) =>
        t('compose.wrote', { at: formatMoment(receivedAt), who: addressWords(from) }),
    });
  });
  const [saving, setSaving] = useState<Saving>({ saved: 'untouched', error: null, changedAt: 0 });
  const latest = useRef(draft);

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

  return {
    draft,
    saved: saving.saved,
    error: saving.error,
    change: (change) => {
      const before = latest.current;
      const changes = typeof change === 'function' ? change(before) : change;
      const updatedAt = Math.max(before.updatedAt + 1, Date.now() + clockOffsetMs);
      const changed = { ...before, ...changes, updatedAt };
      latest.current = changed;
      setDraft(changed);
      setSaving(({ error }) => ({ saved: 'saving', error, changedAt: updatedAt }));
      saver.change(changed);
    },
    flush: async () => {
      saver.change(latest.current);
      return await saver.flush();
    },
    release: () => void saver.abandon(),
    discard: async () => {
      await saver.abandon();
      await bridge.call('drafts.discard', { id: latest.current.id });
    },
  };
}

/** The one that the composer opens. */
export function newestDraft(drafts: readonly Draft[]): Draft | null {
  return drafts.reduce<Draft | null>(
    (newest, draft) => (newest === null || draft.updatedAt > newest.updatedAt ? draft : newest),
    null,
  );
}
