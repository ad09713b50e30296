import { useTranslation } from 'react-i18next';
import type { DraftAttachment } from '#shared/bridge/draft.ts';
import { Icon } from '../../ui/icon.tsx';
import { SizeText } from '../../ui/size-text.tsx';
import { FileNameText } from './file-name-text.tsx';

/** The files that went, or will go, with an answer of this desk. */
export function AttachmentNames({ attachments }: { readonly attachments: readonly DraftAttachment[] }) {
  const { t } = useTranslation();
  if (attachments.length === 0) return null;
  return (
    <ul className="attachments" aria-label={t('letter.attachments')}>
      {attachments.map(({ id, name, size }) => (
        <li key={id} className="attachment">
          <Icon name="attach" size={14} />
          <FileNameText name={name} />
          <SizeText bytes={size} />
        </li>
      ))}
    </ul>
  );
}
