import { useEffect, useState } from 'react';
import type { LetterContent } from '#shared/mail/letter-content.ts';
import type { LetterLocation } from '#shared/ticket/letter.ts';
import { fetchAttachment } from '../../bridge/fetch-attachment.ts';

const maxPictureSize = 5_000_000;
const maxPictures = 40;
const shown = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp']);
const none: ReadonlyMap<string, string> = new Map();

/**
 * The pictures that a letter carries for its own HTML, by content id, as `data:` URLs.
 *
 * A frame without origin can load nothing else. Large ones and those of other types stay attachments only.
 */
export function usePictures(
  content: LetterContent,
  locations: readonly LetterLocation[],
): ReadonlyMap<string, string> {
  const [pictures, setPictures] = useState<ReadonlyMap<string, string>>(none);
  useEffect(() => {
    let current = true;
    const wanted = content.parts.some((part) => part.kind === 'html' && /cid:/iu.test(part.html))
      ? content.attachments.filter(isPicture).slice(0, maxPictures)
      : [];
    const load = async () => {
      const loaded = new Map<string, string>();
      for (const { contentId, index } of wanted) {
        const bytes = await fetchAttachment({ letterId: content.id, locations: [...locations], index });
        if (!current) return;
        if (bytes.ok && contentId !== null) loaded.set(contentId, await dataUrl(bytes.value));
      }
      if (current) setPictures(loaded);
    };
    if (wanted.length > 0 && locations.length > 0) void load();
    return () => {
      current = false;
    };
  }, [content, locations]);
  return pictures;
}

function isPicture({ contentId, type, size }: LetterContent['attachments'][number]): boolean {
  return contentId !== null && shown.has(type.toLowerCase()) && size <= maxPictureSize;
}

async function dataUrl(blob: Blob): Promise<string> {
  return await new Promise((resolve) => {
    const reader = new FileReader();
    // A failed read leaves the picture out, as if the letter had come without it.
    reader.addEventListener('loadend', () => resolve(typeof reader.result === 'string' ? reader.result : ''));
    reader.readAsDataURL(blob);
  });
}
