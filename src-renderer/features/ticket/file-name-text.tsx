import { useTranslation } from 'react-i18next';
import { namePieces, visibleName } from './visible-name.ts';

/** A file's name as it really is; what cannot be seen stands as a mark. */
export function FileNameText({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  const pieces = namePieces(name);
  const isMarked = pieces.some(({ isMark }) => isMark);
  return (
    <bdi
      className="attachment-name"
      title={isMarked ? `${visibleName(name)}. ${t('letter.attachment.hiddenMark')}` : visibleName(name)}
    >
      {pieces.map(({ start, text, isMark }) => (isMark ? <mark key={start}>{text}</mark> : text))}
    </bdi>
  );
}
