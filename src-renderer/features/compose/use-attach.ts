import { useEffect, useRef, useState } from 'react';
import type { DraftAttachment } from '#shared/bridge/draft.ts';
import { maxLetterFilesBytes } from '#shared/mail/letter-size.ts';
import { uploadFile } from '../../bridge/upload-file.ts';
import { errorKey } from '../../language/problem-key.ts';
import { usePanels } from '../../state/panels.ts';

/** Files on their way into a letter. */
export interface Attaching {
  readonly uploading: readonly string[];
  readonly attach: (files: readonly File[]) => Promise<void>;
  /** Puts one file beside the journal, for the letter; null where that failed, which is told, or was broken off. */
  readonly take: (file: File, signal: AbortSignal) => Promise<DraftAttachment | null>;
}

/**
 * Adds files to a letter one after the other, and says which did not go and why. `size` is what the letter's files have
 * together at the moment.
 *
 * A letter that is closed takes no more files: whoever opens it next begins from what it was then. What was on its way
 * is told.
 */
export function useAttach(
  size: () => number,
  onAttached: (attachment: DraftAttachment) => void,
  onTooLarge: (name: string, limitMb: number) => void,
): Attaching {
  const tell = usePanels((panels) => panels.tell);
  const [uploading, setUploading] = useState<readonly string[]>([]);
  const closing = useRef<AbortController | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    closing.current = controller;
    return () => controller.abort();
  }, []);

  const take = async (file: File, signal: AbortSignal): Promise<DraftAttachment | null> => {
    if (size() + file.size > maxLetterFilesBytes) {
      onTooLarge(file.name, Math.floor(maxLetterFilesBytes / 1_000_000));
      return null;
    }
    const attached = await uploadFile(file, signal);
    if (signal.aborted) return null;
    if (attached.ok) return attached.value;
    const why = errorKey(attached.error);
    tell({ tone: 'problem', key: 'compose.attachFailed', values: { name: file.name }, words: { why } });
    return null;
  };
  return {
    uploading,
    take,
    attach: async (files) => {
      const signal = closing.current?.signal;
      if (signal === undefined) return;
      setUploading((names) => [...names, ...files.map(({ name }) => name)]);
      for (const [place, file] of files.entries()) {
        const attached = await take(file, signal);
        if (signal.aborted) {
          const name = files
            .slice(place)
            .map((left) => left.name)
            .join(', ');
          tell({
            tone: 'problem',
            key: 'compose.attachFailed',
            values: { name },
            words: { why: 'compose.attachLeft' },
          });
          return;
        }
        setUploading((names) => names.toSpliced(names.indexOf(file.name), 1));
        if (attached !== null) onAttached(attached);
      }
    },
  };
}
