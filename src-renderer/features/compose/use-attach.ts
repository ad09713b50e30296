import { useState } from 'react';
import type { DraftAttachment } from '#shared/bridge/draft.ts';
import { uploadFile } from '../../bridge/upload-file.ts';
import { errorKey } from '../../language/problem-key.ts';
import { usePanels } from '../../state/panels.ts';

/** Adds files to an answer one after the other, and says which did not go. */
export function useAttach(onAttached: (attachment: DraftAttachment) => void): {
  readonly uploading: readonly string[];
  readonly attach: (files: readonly File[]) => Promise<void>;
} {
  const tell = usePanels((panels) => panels.tell);
  const [uploading, setUploading] = useState<readonly string[]>([]);
  return {
    uploading,
    attach: async (files) => {
      for (const file of files) {
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
