import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LetterId } from '#shared/ids.ts';
import type { LetterAttachment } from '#shared/mail/letter-content.ts';
import type { LetterLocation } from '#shared/ticket/letter.ts';
import { fetchAttachment } from '../../bridge/fetch-attachment.ts';
import { saveBlob } from '../../bridge/save-blob.ts';
import { errorKey } from '../../language/problem-key.ts';
import { usePanels } from '../../state/panels.ts';
import { Icon } from '../../ui/icon.tsx';
import { SizeText } from '../../ui/size-text.tsx';

/** A letter's attachments; a press saves one. */
export function AttachmentList({
  letterId,
  locations,
  attachments,
}: {
  readonly letterId: LetterId;
  readonly locations: readonly LetterLocation[];
  readonly attachments: readonly LetterAttachment[];
}) {
  const { t } = useTranslation();
  const tell = usePanels((panels) => panels.tell);
  const [loading, setLoading] = useState<ReadonlySet<number>>(new Set());

  const save = async ({ index, name }: LetterAttachment) => {
    setLoading((before) => new Set(before).add(index));
    const bytes = await fetchAttachment({ letterId, locations: [...locations], index });
    setLoading((before) => new Set([...before].filter((other) => other !== index)));
    if (bytes.ok) saveBlob(bytes.value, name);
    else tell({ tone: 'problem', key: errorKey(bytes.error) });
  };

  return (
    <ul className="attachments" aria-label={t('letter.attachments')}>
      {attachments.map((attachment) => (
        <li key={attachment.index}>
          <button
            type="button"
            className="attachment"
            disabled={loading.has(attachment.index) || locations.length === 0}
            aria-label={t('letter.download', { name: attachment.name })}
            onClick={() => void save(attachment)}
          >
            <Icon name={loading.has(attachment.index) ? 'refresh' : 'attach'} size={14} />
            <span className="attachment-name">{attachment.name}</span>
            <SizeText bytes={attachment.size} />
            <Icon name="download" size={14} />
          </button>
        </li>
      ))}
    </ul>
  );
}
