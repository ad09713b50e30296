import { useEffect, useEffectEvent } from 'react';
import { fetchAttachment } from '../../bridge/fetch-attachment.ts';
import type { TicketLetter } from '../../cache/cache-views.ts';
import { errorKey } from '../../language/problem-key.ts';
import { usePanels } from '../../state/panels.ts';

/**
 * Brings the files of a letter that is forwarded into the new one, where the agent can take them out again. They come
 * as bytes from the mailbox, once, when the draft is begun.
 */
export function useForwardedFiles(
  forwarded: TicketLetter | null,
  attach: (files: readonly File[]) => Promise<void>,
): void {
  const tell = usePanels((panels) => panels.tell);
  const bring = useEffectEvent(async (letter: TicketLetter, current: () => boolean) => {
    for (const { index, name, type, inline } of letter.content?.attachments ?? []) {
      if (inline) continue;
      const bytes = await fetchAttachment({ letterId: letter.id, locations: [...letter.locations], index });
      if (!current()) return;
      if (bytes.ok) await attach([new File([bytes.value], name === '' ? 'file' : name, { type })]);
      else {
        const why = errorKey(bytes.error);
        tell({ tone: 'problem', key: 'compose.attachFailed', values: { name }, words: { why } });
      }
    }
  });
  useEffect(() => {
    if (forwarded === null) return;
    let current = true;
    void bring(forwarded, () => current);
    return () => {
      current = false;
    };
    // The letter of a draft never changes; its files are brought once.
  }, [forwarded]);
}
