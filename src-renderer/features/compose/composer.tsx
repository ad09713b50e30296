import { Button, FileButton, Group, Textarea } from '@mantine/core';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Article } from '#shared/protocol/article.ts';
import type { TicketView } from '../../cache/cache-views.ts';
import { errorKey, type ErrorKey } from '../../language/problem-key.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Problem } from '../../ui/problem.tsx';
import { useDroppedFiles } from '../../ui/use-dropped-files.ts';
import { useKeys } from '../../ui/use-keys.ts';
import { ArticlePicker } from './article-picker.tsx';
import { DraftAttachments } from './draft-attachments.tsx';
import { insertArticle } from './insert-text.ts';
import { RecipientFields } from './recipient-fields.tsx';
import { allowedRecipients } from './start-draft.ts';
import { useAttach } from './use-attach.ts';
import { useDraft } from './use-draft.ts';

type ComposeProblem =
  ErrorKey | 'compose.noRecipient' | 'compose.noText' | 'compose.notSaved' | 'compose.stillUploading';

/**
 * Where an answer is written; saved as one types. While it is being sent it can be closed, but not changed: what is
 * typed then would be in no letter.
 *
 * Keys: Ctrl+K puts an article in, Ctrl+Enter sends, Escape closes and keeps the draft.
 */
export function Composer({ view, onClose }: { readonly view: TicketView; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { bridge, session } = useDesk();
  const tell = usePanels((panels) => panels.tell);
  const open = useDraft(view);
  const { draft, change } = open;
  const { uploading, attach } = useAttach((attachment) =>
    change((newest) => ({ attachments: [...newest.attachments, attachment] })),
  );
  const editor = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const cursor = useRef<number | null>(0);
  const [picking, setPicking] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<ComposeProblem | null>(null);

  useLayoutEffect(() => {
    // A text set from code puts the cursor at its end, which is behind the quote.
    if (picking || editor.current === null) return;
    editor.current.focus();
    if (cursor.current === null) return;
    editor.current.setSelectionRange(cursor.current, cursor.current);
    if (cursor.current === 0) editor.current.scrollTop = 0;
    cursor.current = null;
  }, [picking]);

  const insert = (article: Article) => {
    const { selectionStart: start = 0, selectionEnd: end = 0 } = editor.current ?? {};
    const insertion = insertArticle(draft.text, { start, end }, article);
    cursor.current = insertion.cursor;
    change({ text: insertion.text });
    setPicking(false);
  };
  const send = async () => {
    if (sending) return;
    setProblem(null);
    if (draft.to.length === 0) return setProblem('compose.noRecipient');
    if (draft.text.trim() === '') return setProblem('compose.noText');
    if (uploading.length > 0) return setProblem('compose.stillUploading');
    setSending(true);
    const kept = await open.flush();
    const sent = kept ? await bridge.call('outgoing.send', { draftId: draft.id, delayMs: 0 }) : null;
    setSending(false);
    if (sent === null) return setProblem('compose.notSaved');
    if (!sent.ok) return setProblem(errorKey(sent.error));
    open.release();
    tell({ tone: 'success', key: 'compose.queued' });
    return onClose();
  };

  useKeys(form, (event) => {
    if (!event.ctrlKey || event.altKey) return false;
    if (event.code === 'KeyK') setPicking(!sending);
    else if (event.code === 'Enter' || event.code === 'NumpadEnter') void send();
    else return false;
    return true;
  });
  useDroppedFiles(form, (files) => {
    if (!sending) void attach(files);
  });

  return (
    <form
      ref={form}
      className="composer"
      data-commands="compose"
      aria-label={t('compose.label')}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <RecipientFields
        draft={draft}
        allowed={allowedRecipients(view.ticket, view.letters, session.mailboxAddress)}
        readOnly={sending}
        onChange={change}
      />
      <Textarea
        ref={editor}
        className="composer-text"
        aria-label={t('compose.text')}
        value={draft.text}
        maxLength={1_000_000}
        readOnly={sending}
        spellCheck
        onBlur={() => {
          if (open.saved === 'saving') void open.flush();
        }}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <DraftAttachments
        attachments={draft.attachments}
        uploading={uploading}
        readOnly={sending}
        onRemove={(id) => change({ attachments: draft.attachments.filter((other) => other.id !== id) })}
      />
      {problem !== null && <Problem>{t(problem)}</Problem>}
      {open.error !== null && (
        <Problem>
          {t('compose.notSaved')} {t(`error.${open.error.kind}`)}
        </Problem>
      )}
      <Group gap="xs" className="composer-actions">
        <Button type="submit" loading={sending} leftSection={<Icon name="send" />}>
          {t('compose.send')}
        </Button>
        <Button
          variant="default"
          leftSection={<Icon name="article" />}
          aria-haspopup="dialog"
          aria-keyshortcuts="Control+K"
          disabled={sending}
          onClick={() => setPicking(true)}
        >
          {t('compose.article')}
        </Button>
        <FileButton multiple disabled={sending} onChange={(files) => void attach(files)}>
          {(props) => (
            <Button {...props} variant="default" disabled={sending} leftSection={<Icon name="attach" />}>
              {t('compose.attach')}
            </Button>
          )}
        </FileButton>
        <output className="composer-saved">
          {open.saved === 'untouched' ? t('compose.hint') : t(`compose.saved.${open.saved}`)}
        </output>
        <button
          type="button"
          className="icon-button"
          aria-label={t('compose.discard')}
          title={t('compose.discard')}
          disabled={sending}
          onClick={() => setDiscarding(true)}
        >
          <Icon name="trash" />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={t('compose.close')}
          title={t('compose.close')}
          onClick={onClose}
        >
          <Icon name="chevron" />
        </button>
      </Group>
      <ArticlePicker opened={picking} onPick={insert} onClose={() => setPicking(false)} />
      <ConfirmDialog
        opened={discarding}
        title={t('compose.discard')}
        question={t('compose.discardSure')}
        confirm={t('compose.discard')}
        onConfirm={() => {
          void open.discard().then(onClose);
        }}
        onClose={() => setDiscarding(false)}
      />
    </form>
  );
}
