import { useTranslation } from 'react-i18next';
import type { DraftAttachment } from '#shared/bridge/draft.ts';
import type { AttachmentId } from '#shared/ids.ts';
import { Icon } from '../../ui/icon.tsx';
import { SizeText } from '../../ui/size-text.tsx';

/** The files of an answer, and those still on their way to the disk. */
export function DraftAttachments({
  attachments,
  uploading,
  readOnly,
  onRemove,
}: {
  readonly attachments: readonly DraftAttachment[];
  readonly uploading: readonly string[];
  readonly readOnly: boolean;
  readonly onRemove: (id: AttachmentId) => void;
}) {
  const { t } = useTranslation();
  if (attachments.length === 0 && uploading.length === 0) return null;
  return (
    <ul className="attachments" aria-label={t('compose.attachments')}>
      {attachments.map(({ id, name, size }) => (
        <li key={id} className="attachment">
          <Icon name="attach" size={14} />
          <span className="attachment-name">{name}</span>
          <SizeText bytes={size} />
          <button
            type="button"
            className="icon-button"
            aria-label={t('compose.removeAttachment', { name })}
            disabled={readOnly}
            onClick={() => onRemove(id)}
          >
            <Icon name="close" size={12} />
          </button>
        </li>
      ))}
      {attachments.length > 1 && (
        <li className="attachments-total quiet">
          {t('compose.total')} <SizeText bytes={attachments.reduce((sum, { size }) => sum + size, 0)} />
        </li>
      )}
      {uploading.map((name) => (
        <li key={name} className="attachment" aria-busy="true">
          <Icon name="refresh" size={14} />
          <span className="attachment-name">{t('compose.uploading', { name })}</span>
        </li>
      ))}
    </ul>
  );
}
