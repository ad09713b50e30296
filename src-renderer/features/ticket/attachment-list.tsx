import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LetterId } from '#shared/ids.ts';
import type { LetterAttachment } from '#shared/mail/letter-content.ts';
import type { LetterLocation } from '#shared/ticket/letter.ts';
import { fetchAttachment } from '../../bridge/fetch-attachment.ts';
import { saveBlob } from '../../bridge/save-blob.ts';
import { errorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { SizeText } from '../../ui/size-text.tsx';
import { attachmentUse, type AttachmentKind } from './attachment-kind.ts';
import { AttachmentPreview, type PreviewedAttachment } from './attachment-preview.tsx';
import { FileNameText } from './file-name-text.tsx';
import { visibleName } from './visible-name.ts';

const icons: Readonly<Record<AttachmentKind, IconName>> = {
  picture: 'picture',
  text: 'article',
  document: 'file',
  archive: 'archive',
  program: 'alert',
  other: 'file',
};

/**
 * A letter's attachments: look at, open, save. Nothing is fetched before it is asked for.
 *
 * What may carry a program says so, and can only be saved; the main process looks again before it opens anything.
 */
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
  const { bridge } = useDesk();
  const tell = usePanels((panels) => panels.tell);
  const [busy, setBusy] = useState<ReadonlySet<number>>(new Set());
  const [previewed, setPreviewed] = useState<PreviewedAttachment | null>(null);
  const request = (index: number) => ({ letterId, locations: [...locations].slice(0, 20), index });

  const whileBusy = async (index: number, work: () => Promise<void>) => {
    setBusy((before) => new Set(before).add(index));
    await work();
    setBusy((before) => new Set([...before].filter((other) => other !== index)));
  };
  const save = ({ index, name }: LetterAttachment) =>
    whileBusy(index, async () => {
      const bytes = await fetchAttachment(request(index));
      if (bytes.ok) saveBlob(bytes.value, name);
      else tell({ tone: 'problem', key: errorKey(bytes.error) });
    });
  const open = ({ index }: LetterAttachment) =>
    whileBusy(index, async () => {
      const opened = await bridge.call('attachments.open', request(index));
      if (!opened.ok) tell({ tone: 'problem', key: errorKey(opened.error) });
    });

  return (
    <>
      <ul className="attachments" aria-label={t('letter.attachments')}>
        {attachments.map((attachment) => {
          const { kind, opens, preview } = attachmentUse(attachment);
          const name = visibleName(attachment.name);
          const isBusy = busy.has(attachment.index);
          const disabled = isBusy || locations.length === 0;
          return (
            <li key={attachment.index} className="attachment" data-kind={kind}>
              <Icon name={isBusy ? 'refresh' : icons[kind]} size={16} />
              <span className="attachment-about">
                <FileNameText name={attachment.name} />
                <span className="quiet">
                  <SizeText bytes={attachment.size} />
                  {kind === 'program' && (
                    <span className="attachment-unsafe">{t('letter.attachment.unsafe')}</span>
                  )}
                </span>
              </span>
              {preview !== null && (
                <ToolButton
                  icon="preview"
                  label={t('letter.attachment.preview', { name })}
                  disabled={disabled}
                  onClick={() =>
                    setPreviewed({ attachment, request: request(attachment.index), as: preview })
                  }
                />
              )}
              {opens && (
                <ToolButton
                  icon="external"
                  label={t('letter.attachment.open', { name })}
                  disabled={disabled}
                  onClick={() => void open(attachment)}
                />
              )}
              <ToolButton
                icon="download"
                label={t('letter.download', { name })}
                disabled={disabled}
                onClick={() => void save(attachment)}
              />
            </li>
          );
        })}
      </ul>
      <AttachmentPreview previewed={previewed} onClose={() => setPreviewed(null)} />
    </>
  );
}

function ToolButton({
  icon,
  label,
  disabled,
  onClick,
}: {
  readonly icon: IconName;
  readonly label: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
}) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} size={15} />
    </button>
  );
}
