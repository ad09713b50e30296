import { Button, FileButton, Group } from '@mantine/core';
import { RichTextEditor } from '@mantine/tiptap';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Article } from '#shared/protocol/article.ts';
import type { Template } from '#shared/protocol/template.ts';
import { fillSlots } from '#shared/text/slots.ts';
import type { TicketView } from '../../cache/cache-views.ts';
import { useCommand } from '../../commands/use-command.ts';
import { languageOf } from '../../language/words.ts';
import { useDesk } from '../../state/desk-context.ts';
import { usePanels } from '../../state/panels.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Problem } from '../../ui/problem.tsx';
import { useDroppedFiles } from '../../ui/use-dropped-files.ts';
import { useKeys } from '../../ui/use-keys.ts';
import { ArticlePicker } from './article-picker.tsx';
import { ColleagueAnswers } from './colleague-answers.tsx';
import { ownText } from './document-text.ts';
import { DraftAttachments } from './draft-attachments.tsx';
import { editorLabels } from './editor-labels.ts';
import { EditorToolbar } from './editor-toolbar.tsx';
import { sayFirstWordsIn } from './first-words.ts';
import { insertArticle, insertText } from './insert-content.ts';
import { firstUnfilledSlot } from './letter-checks.ts';
import { LetterLanguage } from './letter-language.tsx';
import { RecipientFields } from './recipient-fields.tsx';
import { SendQuestions } from './send-questions.tsx';
import { signatureOf } from './signature-of.ts';
import { selectSlotFrom } from './slot-marks.ts';
import { allowedRecipients } from './start-draft.ts';
import { SuggestionList } from './suggestion-list.tsx';
import { TemplatePicker } from './template-picker.tsx';
import { useAttach } from './use-attach.ts';
import { useDraft } from './use-draft.ts';
import { useForwardedFiles } from './use-forwarded-files.ts';
import { useLetterEditor } from './use-letter-editor.ts';
import { useSend, type ComposeProblem } from './use-send.ts';
import { useSlotValues } from './use-slot-values.ts';

/**
 * Where a letter is written: an answer, a first letter or a forward; saved as one types. While it is being handed over
 * it can be closed, but not changed: what is typed then would be in no letter.
 *
 * Keys: Ctrl+K puts an article in, Ctrl+J a template, Alt+A adds files, Ctrl+Enter sends, Ctrl+Shift+Enter sends and
 * opens the next ticket, Escape closes and keeps the draft.
 */
export function Composer(props: { readonly view: TicketView; readonly onClose: () => void }) {
  const { composingPurpose, composingLetterId } = usePanels();
  // Another purpose is another letter; what was written of this one waits on disk.
  return <OpenComposer key={`${composingPurpose} ${composingLetterId ?? ''}`} {...props} />;
}

function OpenComposer({ view, onClose }: { readonly view: TicketView; readonly onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { session, settings, agents } = useDesk();
  const open = useDraft(view);
  const { draft, change } = open;
  // What the letter could not take; gone with the next change of its words.
  const [refused, setRefused] = useState<ComposeProblem | null>(null);
  const { uploading, attach, take } = useAttach(
    () => open.latest().attachments.reduce((sum, { size }) => sum + size, 0),
    (attachment) => change((newest) => ({ attachments: [...newest.attachments, attachment] })),
    (name, limit) => setRefused({ key: 'compose.tooLarge', values: { name, limit } }),
  );
  const bringing = useForwardedFiles(open, view.letters, take);
  const onTheWay = [...new Set([...bringing, ...uploading])];
  const closeTicket = usePanels((panels) => panels.closeTicket);
  const form = useRef<HTMLFormElement>(null);
  const chooseFiles = useRef<HTMLButtonElement>(null);
  const [picking, setPicking] = useState<'article' | 'template' | null>(null);
  const [discarding, setDiscarding] = useState(false);
  const [begunWith] = useState(() => usePanels.getState().composingWords);
  const [language, setLanguage] = useState(() => begunWith?.language ?? languageOf(i18n));
  const [handingOver, setHandingOver] = useState(false);
  const { editor, writeOut } = useLetterEditor({
    draft,
    readOnly: handingOver,
    language,
    onWrite: (written) => {
      setRefused(null);
      change(written);
    },
    onFiles: (files) => void attach(files),
    onTooLong: () => setRefused({ key: 'compose.tooLong' }),
  });
  const values = useSlotValues(view.ticket);
  const allowed = allowedRecipients(view.ticket, view.letters, session.mailboxAddress);
  const sending = useSend({
    open,
    allowed,
    own: () => ownText(editor.getJSON()),
    signature: signatureOf(agents.get(session.agent.id) ?? session.agent, settings).text,
    uploading: onTheWay.length > 0,
    writeOut,
    onUnfilled: () => {
      const slot = selectSlotFrom(editor.state.doc, 0);
      if (slot !== null) editor.view.dispatch(editor.state.tr.setSelection(slot).scrollIntoView());
      editor.view.focus();
    },
    onSent: onClose,
  });
  const busy = sending.sending;
  // Gone as soon as it is mended.
  const isFilled =
    sending.problem?.key === 'compose.unfilledSlot' && firstUnfilledSlot(ownText(editor.getJSON())) === null;
  const problem = refused ?? (isFilled ? null : sending.problem);
  if (busy !== handingOver) setHandingOver(busy);

  const focusFirst = useEffectEvent(() => {
    if (draft.to.length === 0) form.current?.querySelector('input')?.focus();
    else editor.commands.focus('start');
  });
  useEffect(() => focusFirst(), []);
  const closePicker = () => {
    setPicking(null);
    // The dialog gives the keyboard back to nobody.
    requestAnimationFrame(() => editor.view.focus());
  };
  const insertTemplate = (template: Template, range?: { from: number; to: number }) => {
    insertText(editor, fillSlots(template.text, values), range);
    setLanguage(template.language);
    const { answerKind } = template;
    if (answerKind !== null && draft.purpose === 'answer') change({ answerKind });
  };
  useDroppedFiles(form, (files) => {
    if (!busy) void attach(files);
  });
  useKeys(form, (event) => {
    if (event.code !== 'Escape') return false;
    onClose();
    return true;
  });
  useCommand('compose.send', busy ? null : () => void sending.send(false));
  useCommand('compose.sendNext', busy ? null : () => void sending.send(true));
  useCommand('compose.article', busy ? null : () => setPicking('article'));
  useCommand('compose.template', busy ? null : () => setPicking('template'));
  useCommand('compose.attach', busy ? null : () => chooseFiles.current?.click());

  return (
    <form
      ref={form}
      className="composer"
      data-commands="compose"
      data-drop={t('compose.dropHere')}
      aria-label={t(`compose.labels.${draft.purpose}`)}
      onSubmit={(event) => {
        event.preventDefault();
        void sending.send(false);
      }}
    >
      <RecipientFields draft={draft} allowed={allowed} readOnly={busy} onChange={change} />
      <RichTextEditor
        editor={editor}
        className="composer-text"
        labels={editorLabels(t)}
        withTypographyStyles={false}
        withCodeHighlightStyles={false}
        onBlur={() => {
          if (open.saved === 'saving') void open.flush();
        }}
      >
        <EditorToolbar>
          <Group gap={4} ml="auto" wrap="nowrap">
            <Button
              variant="subtle"
              size="compact-xs"
              leftSection={<Icon name="copy" size={14} />}
              aria-haspopup="dialog"
              aria-keyshortcuts="Control+J"
              title="Ctrl+J"
              disabled={busy}
              onClick={() => setPicking('template')}
            >
              {t('compose.template.open')}
            </Button>
            <Button
              variant="subtle"
              size="compact-xs"
              leftSection={<Icon name="article" size={14} />}
              aria-haspopup="dialog"
              aria-keyshortcuts="Control+K"
              title="Ctrl+K"
              disabled={busy}
              onClick={() => setPicking('article')}
            >
              {t('compose.article')}
            </Button>
            <FileButton multiple disabled={busy} onChange={(files) => void attach(files)}>
              {(props) => (
                <Button
                  {...props}
                  ref={chooseFiles}
                  variant="subtle"
                  size="compact-xs"
                  leftSection={<Icon name="attach" size={14} />}
                  aria-keyshortcuts="Alt+A"
                  title="Alt+A"
                  disabled={busy}
                >
                  {t('compose.attach')}
                </Button>
              )}
            </FileButton>
          </Group>
        </EditorToolbar>
        <RichTextEditor.Content className="composer-content" />
      </RichTextEditor>
      <SuggestionList editor={editor} language={language} onSnippet={insertTemplate} />
      <DraftAttachments
        attachments={draft.attachments}
        uploading={onTheWay}
        readOnly={busy}
        onRemove={(id) => change({ attachments: draft.attachments.filter((other) => other.id !== id) })}
      />
      {problem !== null && (
        <Problem>{t(problem.key, { address: '', slot: '', name: '', limit: '', ...problem.values })}</Problem>
      )}
      {open.error !== null && (
        <Problem>
          {t('compose.notSaved')} {t(`error.${open.error.kind}`)}
        </Problem>
      )}
      <ColleagueAnswers ticketId={view.ticket.id} />
      <Group gap="xs" className="composer-actions">
        <Button
          type="submit"
          loading={busy}
          leftSection={<Icon name="send" />}
          aria-keyshortcuts="Control+Enter"
          title="Ctrl+Enter"
        >
          {t('compose.send')}
        </Button>
        <Button
          variant="default"
          disabled={busy}
          aria-keyshortcuts="Control+Shift+Enter"
          title="Ctrl+Shift+Enter"
          onClick={() => void sending.send(true)}
        >
          {t('compose.sendNext')}
        </Button>
        <LetterLanguage
          value={language}
          readOnly={busy}
          onChange={(chosen) => {
            setLanguage(chosen);
            if (begunWith?.said !== undefined) sayFirstWordsIn(editor, begunWith.said, chosen);
          }}
        />
        <output className="composer-saved">
          {open.saved === 'untouched' ? t('compose.hint') : t(`compose.saved.${open.saved}`)}
        </output>
        <button
          type="button"
          className="icon-button"
          aria-label={t('compose.discard')}
          title={t('compose.discard')}
          disabled={busy}
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
      <ArticlePicker
        opened={picking === 'article'}
        onPick={(article: Article) => {
          insertArticle(editor, article);
          closePicker();
        }}
        onClose={closePicker}
      />
      <TemplatePicker
        opened={picking === 'template'}
        values={values}
        ownLanguage={language}
        onPick={(template) => {
          insertTemplate(template);
          closePicker();
        }}
        onClose={closePicker}
      />
      <SendQuestions
        asking={sending.asking}
        recipients={[...draft.to, ...draft.cc]}
        onDecide={(goOn) => void sending.decide(goOn)}
      />
      <ConfirmDialog
        opened={discarding}
        title={t('compose.discard')}
        question={t('compose.discardSure')}
        confirm={t('compose.discard')}
        onConfirm={() => {
          void open.discard().then(() => {
            onClose();
            // A ticket that was to be made with this letter is gone with it.
            if (draft.purpose === 'letter' && view.version === 0) closeTicket();
          });
        }}
        onClose={() => setDiscarding(false)}
      />
    </form>
  );
}
