import { useEffect, useEffectEvent, useState } from 'react';
import type { DraftAttachment } from '#shared/bridge/draft.ts';
import type { LetterAttachment } from '#shared/mail/letter-content.ts';
import { fetchAttachment } from '../../bridge/fetch-attachment.ts';
import type { TicketLetter } from '../../cache/cache-views.ts';
import { errorKey } from '../../language/problem-key.ts';
import { usePanels } from '../../state/panels.ts';
import type { OpenDraft } from './use-draft.ts';

/**
 * Brings the files of the letter that a draft forwards into it, where the agent can take them out again. They come from
 * the mailbox one after the other; the draft knows which are not in yet, so that opening it again brings the rest.
 *
 * Returns the names of those on their way: from the first moment on, not only from when their bytes are here.
 */
export function useForwardedFiles(
  { draft, latest, change }: Pick<OpenDraft, 'draft' | 'latest' | 'change'>,
  letters: readonly TicketLetter[],
  take: (file: File, signal: AbortSignal) => Promise<DraftAttachment | null>,
): readonly string[] {
  const tell = usePanels((panels) => panels.tell);
  const [letter] = useState(() => letters.find(({ id }) => id === draft.forwards?.letterId) ?? null);
  // Read once: what comes while the draft is open changes nothing of what it lacked when it was opened.
  const [files] = useState<readonly LetterAttachment[]>(() => {
    const missing = new Set(draft.forwards?.missing);
    return letter?.content?.attachments.filter(({ index }) => missing.has(index)) ?? [];
  });
  const [coming, setComing] = useState(files);

  const bring = useEffectEvent(
    async ({ id, locations }: TicketLetter, { index, name, type }: LetterAttachment, signal: AbortSignal) => {
      const bytes = await fetchAttachment({ letterId: id, locations: [...locations], index }, signal);
      if (bytes.ok) return await take(new File([bytes.value], fileName(name), { type }), signal);
      const values = { name: fileName(name) };
      const words = { why: errorKey(bytes.error) } as const;
      if (!signal.aborted) tell({ tone: 'problem', key: 'compose.attachFailed', values, words });
      return null;
    },
  );
  const settle = useEffectEvent((index: number, attached: DraftAttachment | null) => {
    setComing((rest) => rest.filter((file) => file.index !== index));
    if (attached === null) return;
    // The file and the note that it is in are one change: it is never brought twice.
    const { attachments, forwards } = latest();
    change({
      attachments: [...attachments, attached],
      ...(forwards && {
        forwards: { ...forwards, missing: forwards.missing.filter((other) => other !== index) },
      }),
    });
  });
  useEffect(() => {
    const leaving = new AbortController();
    const bringAll = async (from: TicketLetter): Promise<void> => {
      for (const file of files) {
        const attached = await bring(from, file, leaving.signal);
        if (leaving.signal.aborted) return;
        settle(file.index, attached);
      }
    };
    if (letter !== null) void bringAll(letter);
    return () => leaving.abort();
  }, [letter, files]);
  return coming.map(({ name }) => fileName(name));
}

function fileName(name: string): string {
  return name === '' ? 'file' : name;
}
