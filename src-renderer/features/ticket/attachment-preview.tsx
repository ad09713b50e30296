import { Button, Group, Modal } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachmentRequest } from '#shared/bridge/streams.ts';
import type { LetterAttachment } from '#shared/mail/letter-content.ts';
import { fetchAttachment } from '../../bridge/fetch-attachment.ts';
import { saveBlob } from '../../bridge/save-blob.ts';
import { errorKey, type ErrorKey } from '../../language/problem-key.ts';
import { Icon } from '../../ui/icon.tsx';
import { Problem } from '../../ui/problem.tsx';
import { decodeTextFile, type TextFile } from './decode-text-file.ts';
import { visibleName } from './visible-name.ts';

/** What is looked at inside the desk, and how. */
export interface PreviewedAttachment {
  readonly attachment: LetterAttachment;
  readonly request: AttachmentRequest;
  readonly as: 'picture' | 'text';
}

/**
 * Shows a picture or a text file without leaving the desk.
 *
 * Neither can do anything: a picture is drawn by the browser's own decoder, a text stands as text.
 */
export function AttachmentPreview({
  previewed,
  onClose,
}: {
  /** Null for none. */
  readonly previewed: PreviewedAttachment | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={previewed !== null}
      onClose={onClose}
      size="80%"
      title={previewed === null ? '' : visibleName(previewed.attachment.name)}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {previewed !== null && <Preview {...previewed} />}
    </Modal>
  );
}

function Preview({ attachment, request, as }: PreviewedAttachment) {
  const { t } = useTranslation();
  const [blob, setBlob] = useState<Blob | null>(null);
  const [problem, setProblem] = useState<ErrorKey | null>(null);
  useEffect(() => {
    let current = true;
    void fetchAttachment(request).then((bytes) => {
      if (!current) return;
      if (bytes.ok) setBlob(bytes.value);
      else setProblem(errorKey(bytes.error));
    });
    return () => {
      current = false;
    };
  }, [request]);
  return (
    <>
      {problem !== null && <Problem>{t(problem)}</Problem>}
      {blob === null && problem === null && (
        <output className="quiet">{t('letter.attachment.loading')}</output>
      )}
      {blob !== null && as === 'picture' && <Picture blob={blob} name={visibleName(attachment.name)} />}
      {blob !== null && as === 'text' && <TextContent blob={blob} name={visibleName(attachment.name)} />}
      {blob !== null && (
        <Group justify="flex-end" mt="md">
          <Button
            variant="default"
            leftSection={<Icon name="download" />}
            onClick={() => saveBlob(blob, attachment.name)}
          >
            {t('letter.attachment.saveShort')}
          </Button>
        </Group>
      )}
    </>
  );
}

function Picture({ blob, name }: { readonly blob: Blob; readonly name: string }) {
  const { t } = useTranslation();
  const [broken, setBroken] = useState(false);
  const showBlob = useCallback(
    (image: HTMLImageElement) => {
      const url = URL.createObjectURL(blob);
      image.src = url;
      return () => URL.revokeObjectURL(url);
    },
    [blob],
  );
  if (broken) return <Problem>{t('letter.attachment.broken')}</Problem>;
  return <img ref={showBlob} className="preview-picture" alt={name} onError={() => setBroken(true)} />;
}

function TextContent({ blob, name }: { readonly blob: Blob; readonly name: string }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<TextFile | 'none' | null>(null);
  useEffect(() => {
    let current = true;
    void blob.arrayBuffer().then((bytes) => {
      if (current) setFile(decodeTextFile(new Uint8Array(bytes)) ?? 'none');
    });
    return () => {
      current = false;
    };
  }, [blob]);
  if (file === null) return null;
  if (file === 'none') return <Problem>{t('letter.attachment.notText')}</Problem>;
  return (
    <>
      <textarea className="preview-text" aria-label={name} readOnly rows={22} value={file.text} />
      {file.cut && <p className="quiet">{t('letter.attachment.cut')}</p>}
    </>
  );
}
