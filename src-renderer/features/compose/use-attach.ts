import { useState } from 'react';
import type { DraftAttachment } from '#shared/bridge/draft.ts';
import { maxLetterFilesBytes } from '#shared/mail/letter-size.ts';
import { uploadFile } from '../../bridge/upload-file.ts';
import { errorKey } from '../../language/problem-key.ts';
import { usePanels } from '../../state/panels.ts';

/** Files on their way into a letter. */
export interface Attaching {
  readonly uploading: readonly string[];
  readonly attach: (files: readonly File[]) => Promise<void>;
}

/**
 * Adds files to a letter one after the other, and says which did not go and why. `size` is what the letter's files have
 * together at the moment.
 */
export function useAttach(
  size: () => number,
  onAttached: (attachment: DraftAttachment) => void,
  onTooLarge: (name: string, limitMb: number) => void,
): Attaching {
  const tell = usePanels((panels) => panels.tell);
  const [uploading, setUploading] = useState<readonly string[]>([]);
  return {
    uploading,
    attach: async (files) => {
      for (const file of files) {
        if (size() + file.size > maxLetterFilesBytes) {
          onTooLarge(file.name, Math.floor(maxLetterFilesBytes / 1_000_000));
          continue;
        }
        setUploading((names) => [...names, file.name]);
        const attached = await uploadFile(file);
        setUploading((names) => names.filter((name) => name !== file.name));
        if (attached.ok) onAttached(attached.value);
        else {
          const why = errorKey(attached.error);
          tell({ tone: 'problem', key: 'compose.attachFailed', values: { name: file.name }, words: { why } });
        }
      }
    },
  };
}
